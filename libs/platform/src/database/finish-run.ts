import type { Failure, Run } from '@quarry/contracts';
import { underClaim, type Claim } from './claim.js';
import type { Database } from './database.js';
import { appendRunEvent } from './run-events.js';
import type { TeamScope } from './team-scope.js';

export interface StoredArtifact {
  readonly name: string;
  readonly key: string;
  readonly bytes: number;
  readonly contentType: string;
}

/** How an attempt ended. What a success leaves beside its artifacts depends on the kind of run; `record` writes it. */
export interface RunEnding {
  readonly failure: Failure | null;
  readonly artifacts: readonly StoredArtifact[];
  readonly facts?: RunFacts;
  readonly record?: (scope: TeamScope) => Promise<void>;
}

export interface RunFacts {
  readonly reuseKey: string | null;
  readonly manifestHash: string | null;
  readonly orderListHash: string | null;
  readonly headline: Run['headline'];
  readonly reusedFrom: string | null;
}

const noFacts: RunFacts = { reuseKey: null, manifestHash: null, orderListHash: null, headline: null, reusedFrom: null };

/** Ends slice and run in one transaction under the claim's token. Throws `LostClaim`, having written nothing, where it is void. */
export function finishRun(database: Database, claim: Claim, ending: RunEnding): Promise<void> {
  const state = ending.failure ? 'failed' : 'succeeded';
  const facts = ending.facts ?? noFacts;
  return underClaim(database, claim, async (scope) => {
    await ending.record?.(scope);
    for (const artifact of ending.artifacts) {
      await scope.rows(
        'INSERT INTO artifact (team_id, run_id, name, key, bytes, content_type) VALUES ($1, $2, $3, $4, $5, $6)',
        [claim.teamId, claim.runId, artifact.name, artifact.key, artifact.bytes, artifact.contentType],
      );
    }
    await scope.rows(`UPDATE slice SET state = $2, lease_until = NULL WHERE id = $1`, [claim.sliceId, state]);
    await scope.rows(
      `UPDATE run SET state = $2, failure = $3, reuse_key = $4, manifest_hash = $5, order_list_hash = $6, headline = $7,
         reused_from = $8, finished_at = now() WHERE id = $1`,
      [
        claim.runId,
        state,
        ending.failure === null ? null : JSON.stringify(ending.failure),
        facts.reuseKey,
        facts.manifestHash,
        facts.orderListHash,
        facts.headline === null ? null : JSON.stringify(facts.headline),
        facts.reusedFrom,
      ],
    );
    await appendRunEvent(scope, claim.runId, {
      type: 'state',
      state,
      at: new Date().toISOString(),
      failure: ending.failure,
    });
  });
}
