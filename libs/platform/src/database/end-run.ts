import type { Failure } from '@quarry/contracts';
import { appendRunEvent } from './run-events.js';
import type { TeamScope } from './team-scope.js';

/** Writes down how a run ended. Its row must be locked. */
export async function endRun(scope: TeamScope, runId: string, failure: Failure | null): Promise<void> {
  const state = failure ? 'failed' : 'succeeded';
  await scope.rows(`UPDATE run SET state = $2, failure = $3, finished_at = now() WHERE id = $1`, [
    runId,
    state,
    failure === null ? null : JSON.stringify(failure),
  ]);
  await appendRunEvent(scope, runId, { type: 'state', state, at: new Date().toISOString(), failure });
}
