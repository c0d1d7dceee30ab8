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

interface Fetched {
  readonly taken: number;
  readonly limit: number;
  /** Until there is one again. */
  readonly seconds: number;
}

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
  private readonly fetching = new Map<string, Promise<Fetched>>();

  constructor(
    private readonly database: Database,
    private readonly limits: TeamLimits,
  ) {}

  /** Counts a request. @throws DomainError where the member or the team has none left */
  async take({ session: { user, team } }: Member): Promise<void> {
    // The member first: what one has too many is not taken from the team.
    await this.takeFrom(team.id, 'userRequestsPerMinute', `user ${user.id} in ${team.id}`, 'You have');
    await this.takeFrom(team.id, 'requestsPerMinute', `team ${team.id}`, 'Your team has');
  }

  private async takeFrom(
    teamId: string,
    name: 'requestsPerMinute' | 'userRequestsPerMinute',
    bucket: string,
    who: string,
  ): Promise<void> {
    for (;;) {
      const ahead = this.ahead.get(bucket);
      if (ahead && ahead.left > 0 && performance.now() < ahead.until) {
        ahead.left -= 1;
        return;
      }
      const { taken, limit, seconds } = await this.fetchOnce(teamId, name, bucket);
      if (taken > 0) continue;
      throw new DomainError(
        'too-many-requests',
        `${who} made the ${limit} requests that a minute allows. Try again in ${seconds} s.`,
        { headers: { 'Retry-After': String(seconds) } },
      );
    }
  }

  /** Requests that come at once wait for one answer of the database, and draw on it together. */
  private fetchOnce(teamId: string, name: keyof Allowance, bucket: string): Promise<Fetched> {
    const under = this.fetching.get(bucket);
    if (under) return under;
    const fetched = this.fetch(teamId, name, bucket)
      .then((answer) => {
        if (this.ahead.size > keptBuckets) this.ahead.clear();
        this.ahead.set(bucket, { left: answer.taken, until: performance.now() + aheadMs });
        return answer;
      })
      .finally(() => this.fetching.delete(bucket));
    this.fetching.set(bucket, fetched);
    return fetched;
  }

  private fetch(teamId: string, name: keyof Allowance, bucket: string): Promise<Fetched> {
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
