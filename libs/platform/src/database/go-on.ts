import { underClaim, type Claim } from './claim.js';
import type { Database } from './database.js';
import { goOnAfterParts } from './end-slice.js';
import type { StoredArtifact } from './finish-run.js';
import { queueSlices, type SliceTask } from './queue-slices.js';

/** Ends the slice that began a run, and queues the parts that it is cut into. Throws `LostClaim` where its token is void. */
export function cutRun(database: Database, claim: Claim, parts: readonly SliceTask[]): Promise<void> {
  return underClaim(database, claim, async (scope) => {
    await scope.rows(`UPDATE slice SET state = 'succeeded', lease_until = NULL WHERE id = $1`, [claim.sliceId]);
    await queueSlices(scope, claim.runId, parts);
  });
}

/** Ends a part with what it found, and goes on with the run if it was the last. Throws `LostClaim` where its token is void. */
export function finishPart(database: Database, claim: Claim, found: StoredArtifact): Promise<void> {
  return underClaim(database, claim, async (scope) => {
    await scope.rows(
      `UPDATE slice SET state = 'succeeded', lease_until = NULL, found = $2, done = to_index - from_index WHERE id = $1`,
      [claim.sliceId, JSON.stringify(found)],
    );
    await goOnAfterParts(scope, claim.runId);
  });
}
