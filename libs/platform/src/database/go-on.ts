import { underClaim, type Claim } from './claim.js';
import type { Database } from './database.js';
import { goOnAfterParts } from './end-slice.js';
import type { StoredArtifact } from './finish-run.js';
import { queueSlices, type SliceTask } from './queue-slices.js';

/** The parts that a run goes on with. */
export interface NextParts {
  readonly parts: readonly SliceTask[];
  /** What they are to know of those before; null where nothing. */
  readonly known: StoredArtifact | null;
}

/** Ends the slice that began a run or folded a generation of it, and queues the parts that follow. Throws `LostClaim` where its token is void. */
export function cutRun(database: Database, claim: Claim, { parts, known }: NextParts): Promise<void> {
  return underClaim(database, claim, async (scope) => {
    await scope.rows(`UPDATE slice SET state = 'succeeded', lease_until = NULL, found = $2 WHERE id = $1`, [
      claim.sliceId,
      known && JSON.stringify(known),
    ]);
    await queueSlices(scope, claim.runId, parts);
  });
}

/** What a part leaves. */
export interface FoundPart {
  readonly found: StoredArtifact;
  /** Names the code that found it, engine and searches: what two of them found is not folded. */
  readonly engine: string;
}

/**
 * Ends a part with what it found, and goes on with the run if it was the last. Throws `LostClaim`, having written nothing,
 * where its token is void.
 */
export function finishPart(database: Database, claim: Claim, { found, engine }: FoundPart): Promise<void> {
  return underClaim(database, claim, async (scope) => {
    await scope.rows(
      `UPDATE slice SET state = 'succeeded', lease_until = NULL, found = $2, engine_hash = $3,
         done = to_index - from_index
       WHERE id = $1`,
      [claim.sliceId, JSON.stringify(found), engine],
    );
    await goOnAfterParts(scope, claim.runId);
  });
}
