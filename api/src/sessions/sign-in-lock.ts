import { createHash } from 'node:crypto';
import type { Database } from '@quarry/platform/database';
import { DomainError } from '../http/domain-error.js';

/** Misses in a row that lock an account, the seconds of the first lock, and of the longest; each further miss doubles it. */
const missesToLock = 5;
const firstLockSeconds = 30;
const longestLockSeconds = 3_600;

/**
 * Locks an account after misses in a row, whoever tries it and from wherever. A try is counted before it is judged, so
 * that many at once gain nothing; success clears the count. Addresses that nobody has are locked just the same.
 */
export class SignInLock {
  constructor(private readonly database: Database) {}

  /** Counts a try. Answers whether it locks the account should it miss. @throws DomainError while it is locked */
  async count(email: string): Promise<boolean> {
    const [counted] = await this.rows<{ misses: number }>(
      `INSERT INTO sign_in_lock AS l (account, misses, last_at) VALUES ($1, 1, now())
       ON CONFLICT (account) DO UPDATE SET
         misses = CASE WHEN l.last_at < now() - interval '1 day' THEN 1 ELSE l.misses + 1 END,
         last_at = now(),
         locked_until = CASE WHEN l.last_at >= now() - interval '1 day' AND l.misses + 1 >= $2 THEN
           now() + least($4, $3 * 2.0 ^ least(20, l.misses + 1 - $2)) * interval '1 second' END
       WHERE l.locked_until IS NULL OR l.locked_until <= now()
       RETURNING misses`,
      [accountOf(email), missesToLock, firstLockSeconds, longestLockSeconds],
    );
    if (counted) return counted.misses >= missesToLock;

    const [lock] = await this.rows<{ seconds: number }>(
      `SELECT greatest(1, ceil(extract(epoch FROM locked_until - now())))::int AS seconds FROM sign_in_lock WHERE account = $1`,
      [accountOf(email)],
    );
    const seconds = lock?.seconds ?? 1;
    throw new DomainError(
      'too-many-requests',
      `Sign-in for ${email} is locked after ${missesToLock} misses in a row. Try again in ${seconds} s.`,
      { headers: { 'Retry-After': String(seconds) } },
    );
  }

  /** The last counted try was no miss, though no success either: the password is right and the code is still to come. */
  async takeBack(email: string): Promise<void> {
    await this.rows(
      `UPDATE sign_in_lock SET misses = misses - 1,
         locked_until = CASE WHEN misses - 1 < $2 THEN NULL ELSE now() END WHERE account = $1`,
      [accountOf(email), missesToLock],
    );
  }

  async clear(email: string): Promise<void> {
    await this.rows(`DELETE FROM sign_in_lock WHERE account = $1 OR last_at < now() - interval '2 days'`, [
      accountOf(email),
    ]);
  }

  private rows<T>(sql: string, parameters: readonly unknown[]): Promise<T[]> {
    return this.database.asStranger((stranger) => stranger.rows<T>(sql, parameters));
  }
}

function accountOf(email: string): Buffer {
  return createHash('sha256').update(`account ${email.toLowerCase()}`).digest();
}
