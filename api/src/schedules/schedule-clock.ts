import type { RunWork } from '@quarry/contracts';
import { queueRun, type Actor, type Database, type TeamScope } from '@quarry/platform/database';
import { readyVersion } from '../datasets/ready-version.js';
import { audit } from '../http/audit.js';
import { DomainError } from '../http/domain-error.js';
import type { TeamLimits } from '../limits/team-limits.js';
import { Rounds } from '../rounds.js';
import { dueTick } from './ticks.js';

const everyMs = 1_000;
const atOnce = 50;

interface Waiting {
  readonly id: string;
  readonly team_id: string;
}

interface ScheduleRow {
  readonly now: Date;
  readonly created_by: string | null;
  readonly by: string | null;
  readonly work: Extract<RunWork, { strategyVersion: string; datasetId: string }>;
  readonly strategy_id: string;
  readonly dataset_id: string;
  readonly cron: string;
  readonly time_zone: string;
  readonly next_at: Date;
}

/**
 * Makes the runs of schedules as their times come, each time once, by any number of instances of the API: the row of the
 * schedule is held while its run is written, and the database's clock is the only one. A run whose time is past is late,
 * not left out.
 */
export class ScheduleClock {
  private readonly rounds: Rounds;

  constructor(
    private readonly database: Database,
    private readonly limits: TeamLimits,
    private readonly onError: (error: unknown) => void,
  ) {
    this.rounds = new Rounds(everyMs, () => this.serveDue(), onError);
  }

  close(): Promise<void> {
    return this.rounds.close();
  }

  /** One round over the schedules that are due, one time of each. */
  async serveDue(): Promise<void> {
    const waiting = await this.database.asRelay((rows) =>
      rows<Waiting>('SELECT id, team_id FROM schedule WHERE next_at <= now() ORDER BY next_at LIMIT $1', [atOnce]),
    );
    for (const { id, team_id: teamId } of waiting) {
      // One that cannot be served is tried again, and keeps no other from its time.
      await this.database.inTeam(teamId, (scope) => this.serve(scope, id)).catch(this.onError);
    }
  }

  private async serve(scope: TeamScope, id: string): Promise<void> {
    const [row] = await scope.rows<ScheduleRow>(
      `SELECT schedule.*, now() AS now, (SELECT email FROM app_user WHERE app_user.id = created_by) AS by
       FROM schedule WHERE id = $1 AND next_at <= now() FOR UPDATE SKIP LOCKED`,
      [id],
    );
    const due = row && dueTick({ cron: row.cron, timeZone: row.time_zone }, row.next_at, row.now);
    if (!row || !due) return;

    const { runId, problem } = await this.queued(scope, id, row, due.tick);
    await scope.rows(
      `UPDATE schedule SET next_at = $2, last_at = $3, last_run_id = $4, last_problem = $5, passed_over = passed_over + $6
       WHERE id = $1`,
      [id, due.next, due.tick, runId, problem, due.passedOver],
    );
    const actor: Actor = { id: row.created_by, name: `schedule of ${row.by ?? 'nobody'}` };
    if (runId !== null) await audit(scope, actor, 'run-queued', { id: runId, schedule: id });
  }

  /** The run of a time, or why there is none: what stands in the way of a person's run stands in the way of this one. */
  private async queued(
    scope: TeamScope,
    id: string,
    { work, created_by: createdBy, strategy_id: strategyId, dataset_id: datasetId }: ScheduleRow,
    tick: Date,
  ): Promise<{ runId: string | null; problem: string | null }> {
    try {
      await this.limits.assertMayRun(scope);
      const datasetVersion = await readyVersion(scope, datasetId);
      const key = `schedule ${id} ${tick.toISOString()}`;
      const run = { work, createdBy, strategyId, datasetId, datasetVersion };
      return { runId: await queueRun(scope, { ...run, idempotency: { key, requestHash: key } }), problem: null };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { runId: null, problem: error.message };
    }
  }
}
