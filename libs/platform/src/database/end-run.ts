import type { Failure, Run } from '@quarry/contracts';
import { appendRunEvent } from './run-events.js';
import type { TeamScope } from './team-scope.js';

export interface RunFacts {
  readonly reuseKey: string | null;
  readonly manifestHash: string | null;
  readonly orderListHash: string | null;
  readonly headline: Run['headline'];
  readonly reusedFrom: string | null;
}

const noFacts: RunFacts = { reuseKey: null, manifestHash: null, orderListHash: null, headline: null, reusedFrom: null };

/** Writes down how a run ended. Its row must be locked. */
export async function endRun(
  scope: TeamScope,
  runId: string,
  failure: Failure | null,
  facts: RunFacts = noFacts,
): Promise<void> {
  const state = failure ? 'failed' : 'succeeded';
  await scope.rows(
    `UPDATE run SET state = $2, failure = $3, reuse_key = $4, manifest_hash = $5, order_list_hash = $6, headline = $7,
       reused_from = $8, finished_at = now() WHERE id = $1`,
    [
      runId,
      state,
      failure === null ? null : JSON.stringify(failure),
      facts.reuseKey,
      facts.manifestHash,
      facts.orderListHash,
      facts.headline === null ? null : JSON.stringify(facts.headline),
      facts.reusedFrom,
    ],
  );
  await appendRunEvent(scope, runId, { type: 'state', state, at: new Date().toISOString(), failure });
}
