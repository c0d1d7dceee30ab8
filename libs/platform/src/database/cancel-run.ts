import type { RunState } from '@quarry/contracts';
import { appendRunEvent } from './run-events.js';
import { hasEnded } from './run-state.js';
import type { TeamScope } from './team-scope.js';

/**
 * Ends a run that waits or runs. From here on its lane's token is void: whatever the lane still writes is refused,
 * and its next renewal tells it to stop. Answers the state the run was in, or null where there is no such run.
 */
export async function cancelRun(scope: TeamScope, runId: string): Promise<RunState | null> {
  const [run] = await scope.rows<{ state: RunState }>('SELECT state FROM run WHERE id = $1 FOR UPDATE', [runId]);
  if (!run) return null;
  if (hasEnded(run.state)) return run.state;

  await scope.rows(
    `UPDATE slice SET state = 'cancelled', lease_until = NULL WHERE run_id = $1 AND state IN ('queued', 'running')`,
    [runId],
  );
  await scope.rows(`UPDATE run SET state = 'cancelled', finished_at = now() WHERE id = $1`, [runId]);
  await scope.rows(`SELECT pg_notify('quarry_cancel', $1)`, [runId]);
  await appendRunEvent(scope, runId, {
    type: 'state',
    state: 'cancelled',
    at: new Date().toISOString(),
    failure: null,
  });
  return run.state;
}
