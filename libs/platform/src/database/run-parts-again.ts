import type { Failure } from '@quarry/contracts';
import { underClaim, type Claim } from './claim.js';
import type { Database } from './database.js';
import { goOnAfterParts } from './end-slice.js';

/** While workers of two versions go on, each may undo what the other did; not for ever. */
const mostTimes = 3;

const engineChanged: Failure = {
  code: 'engine-changed',
  message: `Workers of two versions of Quarry ran slices of this run, ${mostTimes + 1} times over, and what two engines found is not put together. Bring all workers to one version, then retry the run.`,
  position: null,
  diagnostics: [],
};

/**
 * Ends a fold that can fold nothing yet, and has those parts run again that another engine than the fold's had found;
 * another fold follows. Where that goes on and on, they fail. Throws `LostClaim` where the claim's token is void.
 */
export function runPartsAgain(database: Database, claim: Claim, parts: readonly string[]): Promise<void> {
  return underClaim(database, claim, async (scope) => {
    const of = [claim.runId, parts];
    const folds = await scope.rows(
      `SELECT 1 FROM slice WHERE run_id = $1 AND stage = 'fold' AND state = 'succeeded' AND found IS NULL`,
      [claim.runId],
    );
    await scope.rows(`UPDATE slice SET state = 'succeeded', lease_until = NULL WHERE id = $1`, [claim.sliceId]);
    // Each time that it was given up left one more: a retry counts anew.
    if (folds.length % (mostTimes + 1) === mostTimes) {
      await scope.rows(
        `UPDATE slice SET state = 'failed', found = NULL, failure = $3 WHERE run_id = $1 AND id = ANY($2)`,
        [...of, JSON.stringify(engineChanged)],
      );
      return goOnAfterParts(scope, claim.runId);
    }
    await scope.rows(
      `UPDATE slice SET state = 'queued', found = NULL, engine_hash = NULL, done = 0, best = NULL, recoveries = 0,
         queued_at = now(), dispatched_at = NULL, dispatch = dispatch + 1
       WHERE run_id = $1 AND id = ANY($2)`,
      of,
    );
  });
}
