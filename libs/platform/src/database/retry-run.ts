import type { RunState } from '@quarry/contracts';
import { appendRunEvent } from './run-events.js';
import type { TeamScope } from './team-scope.js';

/** Queues the slices of a failed run that failed once more, without a deadline; what the others found is kept. Answers the state the run was in, or null where there is no such run. */
export async function retryRun(scope: TeamScope, runId: string): Promise<RunState | null> {
  const [run] = await scope.rows<{ state: RunState }>('SELECT state FROM run WHERE id = $1 FOR UPDATE', [runId]);
  if (run?.state !== 'failed') return run?.state ?? null;

  await scope.rows(
    `UPDATE run SET state = 'queued', failure = NULL, finished_at = NULL, deadline = NULL WHERE id = $1`,
    [runId],
  );
  await scope.rows(
    `UPDATE slice SET state = 'queued', recoveries = 0, failure = NULL, queued_at = now(), dispatched_at = NULL,
       dispatch = dispatch + 1
     WHERE run_id = $1 AND state = 'failed'`,
    [runId],
  );
  await appendRunEvent(scope, runId, { type: 'state', state: 'queued', at: new Date().toISOString(), failure: null });
  return run.state;
}
