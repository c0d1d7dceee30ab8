import type { RunState } from '@quarry/contracts';
import { dispatchAgain } from './recover-slice.js';
import { appendRunEvent } from './run-events.js';
import type { TeamScope } from './team-scope.js';

/** Queues the slices of a failed run that failed once more; what the others found is kept. Answers the state the run was in, or null where there is no such run. */
export async function retryRun(scope: TeamScope, runId: string): Promise<RunState | null> {
  const [run] = await scope.rows<{ state: RunState }>('SELECT state FROM run WHERE id = $1 FOR UPDATE', [runId]);
  if (run?.state !== 'failed') return run?.state ?? null;

  await scope.rows(`UPDATE run SET state = 'queued', failure = NULL, finished_at = NULL WHERE id = $1`, [runId]);
  const failed = await scope.rows<{ id: string }>(
    `UPDATE slice SET state = 'queued', recoveries = 0, failure = NULL WHERE run_id = $1 AND state = 'failed' RETURNING id`,
    [runId],
  );
  for (const { id } of failed) await dispatchAgain(scope, runId, id);
  await appendRunEvent(scope, runId, { type: 'state', state: 'queued', at: new Date().toISOString(), failure: null });
  return run.state;
}
