import { asOwner } from './as-owner.js';
import { appendAudit } from './audit.js';
import { generatePassword, hashPassword } from './password.js';
import { TeamScope } from './team-scope.js';

/** As the audit log names whoever runs Quarry. */
const atTheMachine = { id: null, name: 'whoever runs Quarry' };

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
        `WITH made AS (INSERT INTO team (name, runs_cluster) VALUES ('Quarry', true) RETURNING id),
              user_made AS (INSERT INTO app_user (email, name) VALUES ($1, 'Admin') RETURNING id),
              credential_made AS (INSERT INTO credential (user_id, password_hash) SELECT id, $2 FROM user_made)
         INSERT INTO membership (team_id, user_id, role) SELECT made.id, user_made.id, 'admin' FROM made, user_made`,
        [email, hash],
      );
      return { email, password };
    });
  });
}

/**
 * Gives a user a new password, as the database's owner, ends their sessions and switches two-step sign-in off, since
 * whoever asks at the machine may have lost both. Null where nobody has that address.
 */
export function resetPassword(ownerUrl: string, email: string): Promise<SeededCredentials | null> {
  return asOwner(ownerUrl, async (owner) => {
    const password = generatePassword();
    const hash = await hashPassword(password);
    return owner.transaction(async (manager) => {
      const [user] = await manager.query<{ id: string }[]>('SELECT id FROM app_user WHERE lower(email) = lower($1)', [
        email,
      ]);
      if (!user) return null;

      await manager.query(
        `UPDATE credential SET password_hash = $2, totp_secret = NULL, totp_confirmed = false WHERE user_id = $1`,
        [user.id, hash],
      );
      await manager.query('DELETE FROM recovery_code WHERE user_id = $1', [user.id]);
      await manager.query('DELETE FROM session WHERE user_id = $1', [user.id]);
      const teams = await manager.query<{ id: string }[]>('SELECT team_id AS id FROM membership WHERE user_id = $1', [
        user.id,
      ]);
      for (const { id } of teams)
        await appendAudit(new TeamScope(id, manager), atTheMachine, 'password-reset', { email });
      return { email, password };
    });
  });
}
