import { DataSource } from 'typeorm';
import { generatePassword, hashPassword } from './password.js';

export interface SeededCredentials {
  readonly email: string;
  readonly password: string;
}

/**
 * Makes the first team with its admin, as the database's owner, where there is no user yet. Answers the credentials
 * that one time, and null ever after: only the password's hash is kept.
 */
export function seed(ownerUrl: string, email = 'admin@quarry.local'): Promise<SeededCredentials | null> {
  return asOwner(ownerUrl, async (owner) => {
    const password = generatePassword();
    const hash = await hashPassword(password);
    return owner.transaction(async (manager) => {
      await manager.query('LOCK TABLE app_user IN SHARE ROW EXCLUSIVE MODE');
      const users = await manager.query<unknown[]>('SELECT id FROM app_user LIMIT 1');
      if (users.length > 0) return null;

      await manager.query(
        `WITH made AS (INSERT INTO team (name) VALUES ('Quarry') RETURNING id),
              user_made AS (INSERT INTO app_user (email, name, password_hash) VALUES ($1, 'Admin', $2) RETURNING id)
         INSERT INTO membership (team_id, user_id, role) SELECT made.id, user_made.id, 'admin' FROM made, user_made`,
        [email, hash],
      );
      return { email, password };
    });
  });
}

/** Gives a user a new password, as the database's owner, and ends their sessions. Null where nobody has that address. */
export function resetPassword(ownerUrl: string, email: string): Promise<SeededCredentials | null> {
  return asOwner(ownerUrl, async (owner) => {
    const password = generatePassword();
    const hash = await hashPassword(password);
    return owner.transaction(async (manager) => {
      const [user] = await manager.query<{ id: string }[]>('SELECT id FROM app_user WHERE lower(email) = lower($1)', [
        email,
      ]);
      if (!user) return null;

      await manager.query('UPDATE app_user SET password_hash = $2 WHERE id = $1', [user.id, hash]);
      await manager.query('DELETE FROM session WHERE user_id = $1', [user.id]);
      return { email, password };
    });
  });
}

async function asOwner<T>(ownerUrl: string, work: (owner: DataSource) => Promise<T>): Promise<T> {
  const owner = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    applicationName: 'quarry-seed',
    installExtensions: false,
  });
  await owner.initialize();
  try {
    return await work(owner);
  } finally {
    await owner.destroy();
  }
}
