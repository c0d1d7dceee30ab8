import type { Failure } from '@quarry/contracts';
import { underClaim, type Claim } from './claim.js';
import type { Database } from './database.js';
import { failSlice } from './end-slice.js';
import { appendRunEvent } from './run-events.js';
import type { TeamScope } from './team-scope.js';

/** After its worker was lost this often, a slice is taken for the cause. */
const maxRecoveries = 2;

const poisoned: Failure = {
  code: 'poisoned',
  message: `${maxRecoveries + 1} attempts came to no end: the worker was lost, or broke by a fault that stands in its log. The run may be what brings workers down, so it is not tried again.`,
  position: null,
  diagnostics: [],
};

/** Queues a slice whose lease has run out again, or fails it as poisoned. Answers false where that was not so any more. */
export async function recoverSlice(scope: TeamScope, runId: string, sliceId: string): Promise<boolean> {
  await scope.rows('SELECT 1 FROM run WHERE id = $1 FOR UPDATE', [runId]);
  const [lost] = await scope.rows<{ recoveries: number }>(
    `SELECT recoveries FROM slice WHERE id = $1 AND state = 'running' AND lease_until < now() FOR UPDATE`,
    [sliceId],
  );
  if (!lost) return false;

  if (lost.recoveries >= maxRecoveries) {
    await failSlice(scope, runId, sliceId, poisoned);
    return true;
  }
  await scope.rows('UPDATE slice SET recoveries = recoveries + 1 WHERE id = $1', [sliceId]);
  await queueAgain(scope, runId, sliceId);
  return true;
}

/** Gives a slice back that this lane will not finish, as on shutdown. It counts as no recovery. */
export function handBack(database: Database, claim: Claim): Promise<void> {
  return underClaim(database, claim, (scope) => queueAgain(scope, claim.runId, claim.sliceId));
}

/** After a fault of ours a slice rests so long, seconds, and three times as long after the next: stores come back. */
const firstRestSeconds = 8;

/**
 * Lets go of a slice after a fault of ours: its lease ends after a rest, and whoever finds it then recovers it, which
 * counts. The team is charged for the attempt, not for the rest.
 */
export function letGo(database: Database, claim: Claim): Promise<void> {
  return rest(database, claim, firstRestSeconds);
}

/** While a disk is full a slice rests so long, seconds, and is then tried again, however often: it is not the cause. */
const roomRestSeconds = 20;

/** The same where a disk is full. The recovery that follows is not counted. */
export function waitForRoom(database: Database, claim: Claim): Promise<void> {
  return rest(database, claim, roomRestSeconds, 1);
}

/** The same where a store is out of reach, for as long as after a fault of ours. */
export function waitForStores(database: Database, claim: Claim): Promise<void> {
  return rest(database, claim, firstRestSeconds, 1);
}

/** A slice that was lost by so many workers which lived may be what keeps them from their leases. */
const mostPardoned = 30;

/**
 * The worker lives that lost this claim: the slice is not what brings workers down, and the recovery that followed, or
 * will follow, is not counted; but for one that is lost again and again.
 */
export async function pardon(database: Database, { teamId, sliceId, attempt }: Claim): Promise<void> {
  await database.inTeam(teamId, (scope) =>
    scope.rows(
      `UPDATE slice SET recoveries = recoveries - 1
       WHERE id = $1 AND attempt >= $2 AND attempt < ${mostPardoned} AND state IN ('queued', 'running')`,
      [sliceId, attempt],
    ),
  );
}

function rest(database: Database, claim: Claim, seconds: number, uncounted = 0): Promise<void> {
  return underClaim(database, claim, async (scope) => {
    await scope.rows('UPDATE slice_attempt SET ended_at = now() WHERE slice_id = $1 AND attempt = $2', [
      claim.sliceId,
      claim.attempt,
    ]);
    await scope.rows(
      `UPDATE slice SET recoveries = recoveries - $3, lease_until = now() + $2 * power(3, recoveries) * interval '1 second'
       WHERE id = $1`,
      [claim.sliceId, seconds, uncounted],
    );
  });
}

/** Has a queued slice wait for admission again, at the age it has, under a new dispatch number. */
async function dispatchAgain(scope: TeamScope, runId: string, sliceId: string): Promise<void> {
  await scope.rows('SELECT 1 FROM run WHERE id = $1 FOR UPDATE', [runId]);
  await scope.rows(
    `UPDATE slice SET dispatch = dispatch + 1, dispatched_at = NULL WHERE id = $1 AND state = 'queued'`,
    [sliceId],
  );
}

async function queueAgain(scope: TeamScope, runId: string, sliceId: string): Promise<void> {
  await scope.rows(`UPDATE slice SET state = 'queued', lease_until = NULL WHERE id = $1`, [sliceId]);
  await dispatchAgain(scope, runId, sliceId);
  // A run goes on while other slices of it have begun.
  const waits = await scope.rows(
    `UPDATE run SET state = 'queued'
     WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM slice WHERE run_id = $1 AND state IN ('running', 'succeeded'))
     RETURNING id`,
    [runId],
  );
  if (waits.length === 0) return;
  await appendRunEvent(scope, runId, { type: 'state', state: 'queued', at: new Date().toISOString(), failure: null });
}
