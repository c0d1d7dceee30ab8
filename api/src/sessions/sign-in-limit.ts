import { createHash } from 'node:crypto';
import type { Database } from '@quarry/platform/database';
import { DomainError } from '../http/domain-error.js';

const windowSeconds = 60;

/**
 * How often a sign-in may be tried, counted in the database so that all instances share it: ten times a minute for an
 * account from one address, and more loosely for an address, and for an account from everywhere. What needs no session
 * but makes us hash a password, as a sign-up does, counts for the address.
 */
export class SignInLimit {
  constructor(private readonly database: Database) {}

  async count(address: string, email?: string): Promise<void> {
    const buckets: [string, number][] = [[`address ${address}`, 60]];
    if (email !== undefined) {
      const account = email.toLowerCase();
      buckets.push([`account ${account} from ${address}`, 10], [`account ${account}`, 60]);
    }
    await this.forget();
    const waits = await Promise.all(buckets.map(([bucket, limit]) => this.wait(bucket, limit)));
    const seconds = Math.max(...waits);
    if (seconds > 0) {
      throw new DomainError('too-many-requests', `Too many sign-ins were tried. Try again in ${seconds} s.`, {
        headers: { 'Retry-After': String(seconds) },
      });
    }
  }

  /** Old windows count no more. */
  private async forget(): Promise<void> {
    await this.database.asStranger((stranger) =>
      stranger.rows(
        `DELETE FROM sign_in_window WHERE bucket IN (
           SELECT bucket FROM sign_in_window WHERE started_at < now() - $1 * interval '1 second' FOR UPDATE SKIP LOCKED
         )`,
        [windowSeconds],
      ),
    );
  }

  /** Counts one try and answers the seconds to wait, 0 where it is within the limit. Buckets are stored as hashes. */
  private async wait(bucket: string, limit: number): Promise<number> {
    const [row] = await this.database.asStranger((stranger) =>
      stranger.rows<{ attempts: number; seconds: number }>(
        `INSERT INTO sign_in_window AS w (bucket, started_at, attempts) VALUES ($1, now(), 1)
         ON CONFLICT (bucket) DO UPDATE SET
           attempts = CASE WHEN w.started_at < now() - $2 * interval '1 second' THEN 1 ELSE w.attempts + 1 END,
           started_at = CASE WHEN w.started_at < now() - $2 * interval '1 second' THEN now() ELSE w.started_at END
         RETURNING attempts, ceil(extract(epoch FROM started_at + $2 * interval '1 second' - now()))::int AS seconds`,
        [createHash('sha256').update(bucket).digest(), windowSeconds],
      ),
    );
    return row && row.attempts > limit ? Math.max(1, row.seconds) : 0;
  }
}
