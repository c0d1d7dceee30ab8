import type { AddSchedule, ChangeSchedule, RunWork, Schedule } from '@quarry/contracts';
import { RunEntity, type Database, type TeamScope } from '@quarry/platform/database';
import { audit } from '../http/audit.js';
import { DomainError, notFound } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import { tickAfter, type Times } from './ticks.js';

const most = 50;

/** Runs of a team that are made again and again; `ScheduleClock` makes them. */
export class Schedules {
  constructor(private readonly database: Database) {}

  list({ session: { team } }: Member): Promise<Schedule[]> {
    return this.database.inTeam(team.id, (scope) => schedulesOf(scope, null));
  }

  add({ session, actor }: Member, { runId, cron, timeZone }: AddSchedule): Promise<Schedule> {
    return this.database.inTeam(session.team.id, async (scope) => {
      if ((await schedulesOf(scope, null)).length >= most) {
        throw new DomainError(
          'bad-request',
          `Your team has ${most} schedules, the most there may be. Remove one first.`,
        );
      }
      const nextAt = await next(scope, { cron, timeZone });
      const { work, strategyId, datasetId } = await repeatable(scope, runId);
      const [made] = await scope.rows<{ id: string }>(
        `INSERT INTO schedule (team_id, created_by, work, strategy_id, dataset_id, cron, time_zone, next_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
        [session.team.id, session.user.id, JSON.stringify(work), strategyId, datasetId, cron, timeZone, nextAt],
      );
      const id = made!.id;
      await audit(scope, actor, 'schedule-added', { id, run: runId, cron, timeZone });
      return scheduleOf(scope, id);
    });
  }

  /** Pauses it, or has it go on with the next time from now on: what came between is left out. */
  change({ session: { team }, actor }: Member, id: string, { enabled }: ChangeSchedule): Promise<Schedule> {
    return this.database.inTeam(team.id, async (scope) => {
      const schedule = await scheduleOf(scope, id);
      if (schedule.enabled === enabled) return schedule;
      await scope.rows('UPDATE schedule SET next_at = $2 WHERE id = $1', [
        id,
        enabled ? await next(scope, schedule) : null,
      ]);
      await audit(scope, actor, enabled ? 'schedule-resumed' : 'schedule-paused', { id });
      return scheduleOf(scope, id);
    });
  }

  async remove({ session: { team }, actor }: Member, id: string): Promise<void> {
    await this.database.inTeam(team.id, async (scope) => {
      const { cron, timeZone } = await scheduleOf(scope, id);
      await scope.rows('DELETE FROM schedule WHERE id = $1', [id]);
      await audit(scope, actor, 'schedule-removed', { id, cron, timeZone });
    });
  }
}

/** By the database's clock, as the times are served. */
async function next(scope: TeamScope, times: Times): Promise<Date> {
  const [row] = await scope.rows<{ now: Date }>('SELECT now() AS now');
  try {
    return tickAfter(times, row!.now);
  } catch (error) {
    if (error instanceof RangeError) throw new DomainError('bad-request', error.message);
    throw error;
  }
}

interface Repeatable {
  readonly work: RunWork;
  readonly strategyId: string;
  readonly datasetId: string;
}

async function repeatable(scope: TeamScope, runId: string): Promise<Repeatable> {
  const run = await scope.repository(RunEntity).findOneBy({ id: runId });
  if (!run) throw notFound('run', runId);
  const { work, strategyId, datasetId, kind } = run;
  if (strategyId === null || datasetId === null || !('options' in work) || !('strategyVersion' in work)) {
    throw new DomainError(
      'bad-request',
      `Run ${runId} is of kind ${kind}; only runs of a strategy over a dataset repeat.`,
    );
  }
  return { work, strategyId, datasetId };
}

interface ScheduleRow {
  readonly id: string;
  readonly kind: Schedule['kind'];
  readonly strategy_name: string | null;
  readonly dataset_name: string | null;
  readonly cron: string;
  readonly time_zone: string;
  readonly next_at: Date | null;
  readonly last_at: Date | null;
  readonly last_run_id: string | null;
  readonly last_problem: string | null;
  readonly passed_over: number;
  readonly created_at: Date;
}

async function scheduleOf(scope: TeamScope, id: string): Promise<Schedule> {
  const [schedule] = await schedulesOf(scope, id);
  if (!schedule) throw notFound('schedule', id);
  return schedule;
}

async function schedulesOf(scope: TeamScope, id: string | null): Promise<Schedule[]> {
  const rows = await scope.rows<ScheduleRow>(
    `SELECT schedule.*, work ->> 'kind' AS kind, strategy.name AS strategy_name, dataset.name AS dataset_name
     FROM schedule LEFT JOIN strategy ON strategy.id = strategy_id LEFT JOIN dataset ON dataset.id = dataset_id
     WHERE $1::uuid IS NULL OR schedule.id = $1 ORDER BY schedule.created_at, schedule.id`,
    [id],
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    strategyName: row.strategy_name,
    datasetName: row.dataset_name,
    cron: row.cron,
    timeZone: row.time_zone,
    enabled: row.next_at !== null,
    nextAt: row.next_at?.toISOString() ?? null,
    lastAt: row.last_at?.toISOString() ?? null,
    lastRunId: row.last_run_id,
    lastProblem: row.last_problem,
    passedOver: row.passed_over,
    createdAt: row.created_at.toISOString(),
  }));
}
