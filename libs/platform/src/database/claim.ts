import type { RunEvent, RunState, RunWork } from '@quarry/contracts';
import type { Database } from './database.js';
import type { SliceTask } from './queue-slices.js';
import { appendRunEvent } from './run-events.js';
import type { TeamScope } from './team-scope.js';

/** A slice that this lane holds. `attempt` is the fencing token: every later write names it. */
export interface Claim {
  readonly teamId: string;
  readonly runId: string;
  readonly sliceId: string;
  readonly attempt: number;
  readonly work: RunWork;
  readonly task: SliceTask;
  readonly datasetVersion: string | null;
  readonly fresh: boolean;
  /** Of the request that queued the run, as a traceparent. */
  readonly trace: string | null;
}

export interface Lease {
  readonly worker: string;
  readonly leaseMs: number;
}

/** A write came with a token that holds no longer: the run was cancelled, or another lane has taken the slice. */
export class LostClaim extends Error {
  constructor(readonly claim: Claim) {
    super(`Attempt ${claim.attempt} of slice ${claim.sliceId} no longer holds it.`);
    this.name = 'LostClaim';
  }
}

/**
 * Takes the slice for this lane, or answers null where it is somebody else's or has ended, as after a repeated
 * dispatch. Run first, slice second: every writer locks in this order.
 */
export async function claimSlice(database: Database, sliceId: string, lease: Lease): Promise<Claim | null> {
  const teamId = await teamOfSlice(database, sliceId);
  if (teamId === null) return null;

  return database.inTeam(teamId, async (scope) => {
    const [before] = await scope.rows<{ state: RunState }>(
      'SELECT state FROM run WHERE id = (SELECT run_id FROM slice WHERE id = $1) FOR UPDATE',
      [sliceId],
    );
    const [slice] = await scope.rows<ClaimedRow>(
      `UPDATE slice SET state = 'running', attempt = attempt + 1, worker = $2,
         recoveries = recoveries + (state = 'running')::int,
         lease_until = now() + $3 * interval '1 millisecond'
       WHERE id = $1 AND (state = 'queued' OR (state = 'running' AND lease_until < now()))
       RETURNING run_id, attempt, stage, from_index, to_index, queued_at`,
      [sliceId, lease.worker, lease.leaseMs],
    );
    if (!slice) return null;

    await scope.rows(
      'INSERT INTO slice_attempt (team_id, slice_id, attempt, worker, queued_at) VALUES ($1, $2, $3, $4, $5)',
      [teamId, sliceId, slice.attempt, lease.worker, slice.queued_at],
    );
    const [run] = await scope.rows<{
      work: RunWork;
      dataset_version: string | null;
      fresh: boolean;
      trace: string | null;
    }>(
      `UPDATE run SET state = 'running', started_at = coalesce(started_at, now()) WHERE id = $1
       RETURNING work, dataset_version, fresh, trace`,
      [slice.run_id],
    );
    if (!run) return null;

    // Of a run in many slices, the first tells that it runs.
    if (before?.state !== 'running' || slice.attempt > 1) {
      const at = new Date().toISOString();
      await appendRunEvent(scope, slice.run_id, { type: 'state', state: 'running', at, failure: null });
    }
    return {
      teamId,
      runId: slice.run_id,
      sliceId,
      attempt: slice.attempt,
      work: run.work,
      task: taskOf(slice),
      datasetVersion: run.dataset_version,
      fresh: run.fresh,
      trace: run.trace,
    };
  });
}

interface ClaimedRow {
  readonly queued_at: Date;
  readonly run_id: string;
  readonly attempt: number;
  readonly stage: SliceTask['stage'];
  readonly from_index: number | null;
  readonly to_index: number | null;
}

function taskOf({ stage, from_index: from, to_index: to }: ClaimedRow): SliceTask {
  return stage === 'part' ? { stage, from: from ?? 0, to: to ?? 0 } : { stage };
}

/** Lengthens the lease. Throws `LostClaim` where the token holds no longer. */
export async function renewLease(database: Database, claim: Claim, leaseMs: number): Promise<void> {
  await database.inTeam(claim.teamId, async (scope) => {
    const renewed = await scope.rows(
      `UPDATE slice SET lease_until = now() + $3 * interval '1 millisecond'
       WHERE id = $1 AND attempt = $2 AND state = 'running' RETURNING id`,
      [claim.sliceId, claim.attempt, leaseMs],
    );
    if (renewed.length === 0) throw new LostClaim(claim);
  });
}

/** One transaction under the claim's token: run and slice are locked, and `LostClaim` is thrown where it holds no longer. */
export function underClaim<T>(database: Database, claim: Claim, work: (scope: TeamScope) => Promise<T>): Promise<T> {
  return database.inTeam(claim.teamId, async (scope) => {
    await scope.rows('SELECT 1 FROM run WHERE id = $1 FOR UPDATE', [claim.runId]);
    const held = await scope.rows(
      `SELECT 1 FROM slice WHERE id = $1 AND attempt = $2 AND state = 'running' FOR UPDATE`,
      [claim.sliceId, claim.attempt],
    );
    if (held.length === 0) throw new LostClaim(claim);
    return work(scope);
  });
}

/** Whether the slice was ended by this claim, for one who asked for that and did not hear the answer. */
export function endedWith(database: Database, claim: Claim): Promise<boolean> {
  return database.inTeam(claim.teamId, async (scope) => {
    const ended = await scope.rows(
      `SELECT 1 FROM slice WHERE id = $1 AND attempt = $2 AND state IN ('succeeded', 'failed')
         AND failure ->> 'code' IS DISTINCT FROM 'past-deadline'`,
      [claim.sliceId, claim.attempt],
    );
    return ended.length > 0;
  });
}

/** Appends an event to the claimed run, unless the token holds no longer. */
export function appendClaimedEvent(database: Database, claim: Claim, event: RunEvent): Promise<void> {
  return underClaim(database, claim, (scope) => appendRunEvent(scope, claim.runId, event));
}

async function teamOfSlice(database: Database, sliceId: string): Promise<string | null> {
  const [slice] = await database.asRelay((rows) =>
    rows<{ team_id: string }>('SELECT team_id FROM slice WHERE id = $1', [sliceId]),
  );
  return slice?.team_id ?? null;
}
