import type { RunWork } from '@quarry/contracts';
import { queueRun } from './queue-run.js';
import type { TeamScope } from './team-scope.js';

interface DeadRun {
  readonly work: RunWork;
  readonly created_by: string | null;
  readonly strategy_id: string | null;
  readonly dataset_id: string | null;
  readonly dataset_version: string | null;
  readonly fresh: boolean;
}

/** Queues the work of a run that ended once more, as a new run of the same author. Answers its id. */
export async function retryDeadLetter(scope: TeamScope, runId: string): Promise<string> {
  const [dead] = await scope.rows<DeadRun>(
    'SELECT work, created_by, strategy_id, dataset_id, dataset_version, fresh FROM run WHERE id = $1',
    [runId],
  );
  if (!dead) throw new Error(`Run ${runId} is not of team ${scope.teamId}.`);
  const id = await queueRun(scope, {
    work: dead.work,
    createdBy: dead.created_by,
    fresh: dead.fresh,
    ...(dead.strategy_id === null ? {} : { strategyId: dead.strategy_id }),
    ...(dead.dataset_id === null ? {} : { datasetId: dead.dataset_id }),
    ...(dead.dataset_version === null ? {} : { datasetVersion: dead.dataset_version }),
  });
  if (id === null) throw new Error('A run without an idempotency key is always new.');
  return id;
}
