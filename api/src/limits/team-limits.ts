import type { TeamLimits as OwnLimits, TeamUsage } from '@quarry/contracts';
import { keepsRawFile, type Database, type TeamScope } from '@quarry/platform/database';
import { audit } from '../http/audit.js';
import { DomainError } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import { limitsWithin, type Allowance } from './allowance.js';

/** What a team may use and what it has used. Its admins lower the limits; whoever runs Quarry says how high they may be. */
export class TeamLimits {
  constructor(
    private readonly database: Database,
    private readonly allowance: Allowance,
  ) {}

  get({ session: { team } }: Member): Promise<TeamUsage> {
    return this.database.inTeam(team.id, (scope) => this.usageOf(scope));
  }

  set({ session: { team }, actor }: Member, own: OwnLimits): Promise<TeamUsage> {
    for (const name of Object.keys(own) as (keyof OwnLimits)[]) {
      if ((own[name] ?? 0) <= this.allowance[name]) continue;
      throw new DomainError(
        'bad-request',
        `${name}: ${own[name]} is more than the ${this.allowance[name]} that whoever runs Quarry allows a team.`,
      );
    }
    return this.database.inTeam(team.id, async (scope) => {
      await scope.rows(
        `INSERT INTO team_limit (team_id, user_requests_per_minute, requests_per_minute, concurrent_slices,
           worker_seconds_per_day, storage_bytes)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (team_id) DO UPDATE SET user_requests_per_minute = excluded.user_requests_per_minute,
           requests_per_minute = excluded.requests_per_minute, concurrent_slices = excluded.concurrent_slices,
           worker_seconds_per_day = excluded.worker_seconds_per_day, storage_bytes = excluded.storage_bytes`,
        [
          team.id,
          own.userRequestsPerMinute,
          own.requestsPerMinute,
          own.concurrentSlices,
          own.workerSecondsPerDay,
          own.storageBytes,
        ],
      );
      const usage = await this.usageOf(scope);
      const told = Object.entries(own).map(([name, value]) => [name, String(value ?? 'as allowed')]);
      await audit(scope, actor, 'limits-changed', Object.fromEntries(told) as Record<string, string>);
      return usage;
    });
  }

  async limitsOf(scope: TeamScope): Promise<Allowance> {
    return limitsWithin(this.allowance, await ownOf(scope));
  }

  /** @throws DomainError where the team has used up its lane time of the day, or its storage */
  async assertMayRun(scope: TeamScope): Promise<void> {
    const { limits, used } = await this.usageOf(scope);
    if (used.workerSecondsPerDay >= limits.workerSecondsPerDay) {
      const seconds = Math.ceil((86_400_000 - (Date.now() % 86_400_000)) / 1000);
      throw new DomainError(
        'quota-used-up',
        `Your team has used its ${limits.workerSecondsPerDay} worker-seconds of this day. It has new ones from 00:00 UTC, in ${seconds} s.`,
        { headers: { 'Retry-After': String(seconds) } },
      );
    }
    assertRoom(limits, used, 0);
  }

  /** @throws DomainError where the team's storage has no room for so many bytes more */
  async assertMayStore(scope: TeamScope, bytes: number): Promise<void> {
    const { limits, used } = await this.usageOf(scope);
    assertRoom(limits, used, bytes);
  }

  private async usageOf(scope: TeamScope): Promise<TeamUsage> {
    const own = await ownOf(scope);
    return { own, limits: limitsWithin(this.allowance, own), used: await usedBy(scope) };
  }
}

function assertRoom(limits: Allowance, used: TeamUsage['used'], bytes: number): void {
  if (used.storageBytes + bytes <= limits.storageBytes && used.storageBytes < limits.storageBytes) return;
  throw new DomainError(
    'storage-used-up',
    `Your team stores ${used.storageBytes} of the ${limits.storageBytes} bytes that it may. Delete datasets or let old runs go, or ask an admin for more.`,
  );
}

async function ownOf(scope: TeamScope): Promise<OwnLimits> {
  const [row] = await scope.rows<OwnLimits>(
    `SELECT user_requests_per_minute AS "userRequestsPerMinute", requests_per_minute AS "requestsPerMinute",
       concurrent_slices AS "concurrentSlices", worker_seconds_per_day::float8 AS "workerSecondsPerDay",
       storage_bytes::float8 AS "storageBytes" FROM team_limit`,
  );
  return (
    row ?? {
      userRequestsPerMinute: null,
      requestsPerMinute: null,
      concurrentSlices: null,
      workerSecondsPerDay: null,
      storageBytes: null,
    }
  );
}

/** Lane time is that of every attempt, from its claim to its end, or to now. What is being uploaded is stored already, and stays beside what is read from it. */
async function usedBy(scope: TeamScope): Promise<TeamUsage['used']> {
  const [used] = await scope.rows<TeamUsage['used']>(
    `SELECT
       (SELECT count(*) FROM slice WHERE state = 'running')::int AS "concurrentSlices",
       (SELECT coalesce(ceil(sum(extract(epoch FROM
          coalesce(ended_at, now()) - greatest(started_at, today.begin)))), 0)::float8
        FROM slice_attempt, (SELECT date_trunc('day', now(), 'UTC') AS begin) today
        WHERE ended_at IS NULL OR ended_at > today.begin) AS "workerSecondsPerDay",
       ((SELECT coalesce(sum(bytes), 0) FROM artifact)
        + (SELECT coalesce(sum(bytes), 0) FROM upload)
        + (SELECT coalesce(sum(bytes), 0) FROM (
             SELECT DISTINCT ON (work -> 'input' -> 'keys') (work #>> '{input,bytes}')::bigint AS bytes
             FROM run AS reader WHERE ${keepsRawFile('now()')}) AS raw_file)
        + (SELECT coalesce(sum((file ->> 'bytes')::bigint), 0)
           FROM dataset_version, jsonb_array_elements(files) AS file
           WHERE team_id = current_team() AND deleted_at IS NULL))::float8 AS "storageBytes"`,
  );
  return used ?? { concurrentSlices: 0, workerSecondsPerDay: 0, storageBytes: 0 };
}
