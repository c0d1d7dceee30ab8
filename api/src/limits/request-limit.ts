import { createHash } from 'node:crypto';
import type { Database } from '@quarry/platform/database';
import { DomainError } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import type { Allowance } from './allowance.js';
import type { TeamLimits } from './team-limits.js';

/** Requests that were taken ahead lapse after this: other instances of the API may need them. */
const aheadMs = 1_000;
/** The share of a minute's requests that is taken ahead, so that not every request asks the database. */
const aheadShare = 1 / 200;
const keptBuckets = 10_000;

interface Ahead {
  left: number;
  readonly until: number;
}

/**
 * How many requests members and teams may make: token buckets that hold a minute's requests and fill evenly, shared by
 * all instances of the API.
 */
export class RequestLimit {
  private readonly ahead = new Map<string, Ahead>();

  constructor(
    private readonly database: Database,
    private readonly limits: TeamLimits,
  ) {}

  /** Counts a request. @throws DomainError where the member or the team has none left */
  async take({ session: { user, team } }: Member): Promise<void> {
    await this.takeFrom(team.id, 'requestsPerMinute', `team ${team.id}`, 'Your team has');
    await this.takeFrom(team.id, 'userRequestsPerMinute', `user ${user.id} in ${team.id}`, 'You have');
  }

  private async takeFrom(
    teamId: string,
    name: 'requestsPerMinute' | 'userRequestsPerMinute',
    bucket: string,
    who: string,
  ): Promise<void> {
    const ahead = this.ahead.get(bucket);
    if (ahead && ahead.left > 0 && performance.now() < ahead.until) {
      ahead.left -= 1;
      return;
    }
    const { taken, limit, seconds } = await this.fetch(teamId, name, bucket);
    if (taken === 0) {
      throw new DomainError(
        'too-many-requests',
        `${who} made the ${limit} requests that a minute allows. Try again in ${seconds} s.`,
        { headers: { 'Retry-After': String(seconds) } },
      );
    }
    if (this.ahead.size > keptBuckets) this.ahead.clear();
    this.ahead.set(bucket, { left: taken - 1, until: performance.now() + aheadMs });
  }

  private fetch(
    teamId: string,
    name: keyof Allowance,
    bucket: string,
  ): Promise<{ taken: number; limit: number; seconds: number }> {
    return this.database.inTeam(teamId, async (scope) => {
      const { [name]: limit } = await this.limits.limitsOf(scope);
      const [row] = await scope.rows<{ taken: number; wait_seconds: number }>(
        'SELECT * FROM take_requests($1, $2, $3)',
        [createHash('sha256').update(bucket).digest(), limit, Math.max(1, Math.floor(limit * aheadShare))],
      );
      return { taken: row?.taken ?? 0, limit, seconds: Math.max(1, Math.ceil(row?.wait_seconds ?? 1)) };
    });
  }
}
