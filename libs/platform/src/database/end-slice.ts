import type { Failure } from '@quarry/contracts';
import { endRun } from './end-run.js';
import { queueSlices } from './queue-slices.js';
import type { TeamScope } from './team-scope.js';

const mostNamed = 5;

/**
 * Fails a slice. Others of its run go on, so that trying it again repeats the failed ones only: the run fails when its
 * last part has ended. Its row must be locked.
 */
export async function failSlice(scope: TeamScope, runId: string, sliceId: string, failure: Failure): Promise<void> {
  const [slice] = await scope.rows<{ stage: string }>(
    `UPDATE slice SET state = 'failed', lease_until = NULL, failure = $2 WHERE id = $1 RETURNING stage`,
    [sliceId, JSON.stringify(failure)],
  );
  if (slice?.stage === 'part') await goOnAfterParts(scope, runId);
  else await endRun(scope, runId, failure);
}

/** Has the parts folded once all have succeeded, or fails the run once all have ended and some have not. */
export async function goOnAfterParts(scope: TeamScope, runId: string): Promise<void> {
  const open = await scope.rows(
    `SELECT 1 FROM slice WHERE run_id = $1 AND stage = 'part' AND state IN ('queued', 'running') LIMIT 1`,
    [runId],
  );
  if (open.length > 0) return;

  const parts = await scope.rows<{ state: string; from_index: number; to_index: number; failure: Failure | null }>(
    `SELECT state, from_index, to_index, failure FROM slice WHERE run_id = $1 AND stage = 'part' ORDER BY index`,
    [runId],
  );
  const failed = parts.flatMap((part) =>
    part.failure && part.state === 'failed' ? [{ ...part, failure: part.failure }] : [],
  );
  const [first] = failed;
  if (!first) return queueSlices(scope, runId, [{ stage: 'fold' }]);

  const named = failed
    .slice(0, mostNamed)
    .map((part) => `${part.from_index} to ${part.to_index - 1} (${part.failure.code})`);
  const rest = failed.length > mostNamed ? ` and ${failed.length - mostNamed} more` : '';
  const message = `${failed.length} of ${parts.length} slices failed: ${named.join(', ')}${rest}. The first: ${first.failure.message}`;
  await endRun(scope, runId, { ...first.failure, message });
}
