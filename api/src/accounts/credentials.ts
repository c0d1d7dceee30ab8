import { randomBytes, randomUUID } from 'node:crypto';
import { hashPassword, isOfTodaysCost, verifyPassword, type Database, type Stranger } from '@quarry/platform/database';
import { DomainError } from '../http/domain-error.js';
import type { SignInLock } from '../sessions/sign-in-lock.js';

/** Passwords: whose one is, whether it is right, and new ones. Only their argon2id hashes are kept. */
export class Credentials {
  private readonly nobody = hashPassword(randomBytes(16).toString('hex'));

  constructor(
    private readonly database: Database,
    private readonly lock: SignInLock,
  ) {}

  /** The user with the address; null where nobody has it. */
  userWith(email: string): Promise<string | null> {
    return this.database.asStranger(async (stranger) => {
      await stranger.identify('sign_in_email', email);
      const [user] = await stranger.rows<{ id: string }>('SELECT id FROM app_user WHERE lower(email) = lower($1)', [
        email,
      ]);
      return user?.id ?? null;
    });
  }

  /** Costs the same for nobody. A hash made at another cost than today's is made anew. */
  async matches(userId: string | null, password: string): Promise<boolean> {
    const hash = await this.hashOf(userId);
    const matches = await verifyPassword(password, hash ?? (await this.nobody));
    if (userId === null || hash === null || !matches) return false;
    if (!isOfTodaysCost(hash)) {
      const renewed = await hashPassword(password);
      await this.database.asStranger((stranger) => writePassword(stranger, userId, renewed));
    }
    return true;
  }

  /** For what a session alone may not do, since it may have been left open. Misses count as those at sign-in do. */
  async confirm({ id, email }: { readonly id: string; readonly email: string }, password: string): Promise<void> {
    await this.lock.count(email);
    if (!(await this.matches(id, password))) throw new DomainError('not-allowed', 'The password is wrong.');
    await this.lock.clear(email);
  }

  private hashOf(userId: string | null): Promise<string | null> {
    return this.database.asStranger(async (stranger) => {
      if (userId === null) return null;
      await stranger.identify('user_id', userId);
      const [found] = await stranger.rows<{ password_hash: string }>(
        'SELECT password_hash FROM credential WHERE user_id = $1',
        [userId],
      );
      return found?.password_hash ?? null;
    });
  }
}

/** Makes a user, as whom the transaction then asks. @throws DomainError where the address is taken */
export async function addUser(
  stranger: Stranger,
  user: { readonly email: string; readonly name: string; readonly passwordHash: string },
): Promise<string> {
  const id = randomUUID();
  await stranger.identify('user_id', id);
  const made = await stranger.rows(
    'INSERT INTO app_user (id, email, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id',
    [id, user.email, user.name],
  );
  if (made.length === 0) {
    throw new DomainError('email-taken', `There is an account for ${user.email} already. Sign in with it instead.`);
  }
  await stranger.rows('INSERT INTO credential (user_id, password_hash) VALUES ($1, $2)', [id, user.passwordHash]);
  return id;
}

export async function writePassword(stranger: Stranger, userId: string, hash: string): Promise<void> {
  await stranger.identify('user_id', userId);
  await stranger.rows('UPDATE credential SET password_hash = $2 WHERE user_id = $1', [userId, hash]);
}
