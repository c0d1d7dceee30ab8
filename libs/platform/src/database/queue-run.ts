import { randomUUID } from 'node:crypto';
import type { RunPriority, RunWork } from '@quarry/contracts';
import { queueSlices } from './queue-slices.js';
import { appendRunEvent } from './run-events.js';
import type { TeamScope } from './team-scope.js';
import { currentTrace } from './trace.js';

export interface NewRun {
  readonly work: RunWork;
  readonly createdBy: string | null;
  readonly strategyId?: string;
  readonly datasetId?: string;
  readonly datasetVersion?: string;
  readonly fresh?: boolean;
  readonly priority?: RunPriority;
  readonly deadline?: string;
  /** A repeated request with the same key makes no second run. */
  readonly idempotency?: { readonly key: string; readonly requestHash: string };
  readonly id?: string;
}

/** As numbers from -1 up: a slice with a higher one goes first, among those of its team. */
export const priorities: readonly RunPriority[] = ['low', 'normal', 'high'];

/**
 * Writes the run, its first slice, which waits for admission to the queue from here on, and its first event, all in the
 * scope's transaction. Answers null, having written nothing, where the idempotency key is taken.
 */
export async function queueRun(scope: TeamScope, run: NewRun): Promise<string | null> {
  const id = run.id ?? randomUUID();
  const { work } = run;
  const made = await scope.rows(
    `INSERT INTO run (id, team_id, created_by, kind, work, strategy_id, strategy_version, dataset_id, dataset_version,
       borrowed, fresh, idempotency_key, request_hash, priority, deadline, trace)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,
       (SELECT jsonb_build_object('name', name, 'lentBy', sharing_team(team_id)) FROM dataset WHERE id = $8 AND team_id <> $2),
       $10, $11, $12, $13, $14, $15)
     ON CONFLICT (team_id, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
     RETURNING id`,
    [
      id,
      scope.teamId,
      run.createdBy,
      work.kind,
      JSON.stringify(work),
      run.strategyId ?? null,
      'strategyVersion' in work ? work.strategyVersion : null,
      run.datasetId ?? null,
      run.datasetVersion ?? null,
      run.fresh ?? false,
      run.idempotency?.key ?? null,
      run.idempotency?.requestHash ?? null,
      priorities.indexOf(run.priority ?? 'normal') - 1,
      run.deadline ?? null,
      currentTrace(),
    ],
  );
  if (made.length === 0) return null;

  await queueSlices(scope, id, [{ stage: 'begin' }]);
  await appendRunEvent(scope, id, { type: 'state', state: 'queued', at: new Date().toISOString(), failure: null });
  return id;
}
