import type { Failure, Run } from '@quarry/contracts';
import { underClaim, type Claim } from './claim.js';
import type { Database } from './database.js';
import { endRun } from './end-run.js';
import { failSlice } from './end-slice.js';
import type { TeamScope } from './team-scope.js';

export interface StoredArtifact {
  readonly name: string;
  readonly key: string;
  readonly bytes: number;
  readonly contentType: string;
}

export interface RunFacts {
  readonly reuseKey: string | null;
  readonly manifestHash: string | null;
  readonly orderListHash: string | null;
  readonly headline: Run['headline'];
  readonly reusedFrom: string | null;
}

/** How a run ended with this attempt. What a success leaves beside its artifacts depends on the kind of run; `record` writes it. */
export interface RunEnding {
  readonly failure: Failure | null;
  readonly artifacts: readonly StoredArtifact[];
  readonly facts?: RunFacts;
  readonly record?: (scope: TeamScope) => Promise<void>;
}

/**
 * Ends the slice, and its run, in one transaction under the claim's token. Throws `LostClaim`, having written nothing,
 * where it is void. A part that fails ends its run only with the last of the parts.
 */
export function finishRun(database: Database, claim: Claim, ending: RunEnding): Promise<void> {
  return underClaim(database, claim, async (scope) => {
    await ending.record?.(scope);
    // A run that is tried again after it failed takes the place of what it left then.
    for (const artifact of ending.artifacts) {
      await scope.rows(
        `INSERT INTO artifact (team_id, run_id, name, key, bytes, content_type) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (run_id, name)
         DO UPDATE SET key = excluded.key, bytes = excluded.bytes, content_type = excluded.content_type`,
        [claim.teamId, claim.runId, artifact.name, artifact.key, artifact.bytes, artifact.contentType],
      );
    }
    if (ending.facts) await tellFacts(scope, claim.runId, ending.facts);
    if (ending.failure) return failSlice(scope, claim.runId, claim.sliceId, ending.failure);
    await scope.rows(`UPDATE slice SET state = 'succeeded', lease_until = NULL WHERE id = $1`, [claim.sliceId]);
    return endRun(scope, claim.runId, null);
  });
}

async function tellFacts(scope: TeamScope, runId: string, facts: RunFacts): Promise<void> {
  await scope.rows(
    `UPDATE run SET reuse_key = $2, manifest_hash = $3, order_list_hash = $4, headline = $5, reused_from = $6
     WHERE id = $1`,
    [
      runId,
      facts.reuseKey,
      facts.manifestHash,
      facts.orderListHash,
      facts.headline === null ? null : JSON.stringify(facts.headline),
      facts.reusedFrom,
    ],
  );
}
