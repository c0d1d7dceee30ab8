import type { RunEvent, RunProgress, TrialPoint } from '@quarry/contracts';
import { LostClaim, type Claim } from './claim.js';
import type { Database } from './database.js';

/** How far an attempt is. */
export interface SliceProgress {
  readonly phase: string;
  /** Of this slice, as a share of 1. */
  readonly done: number;
  /** Of the trials of this slice, so far. */
  readonly best: TrialPoint | null;
}

/**
 * Sends the latest progress of a run to whoever listens; that of a part is kept and told together with that of the
 * others. Throws `LostClaim` where the token holds no longer.
 */
export async function reportProgress(
  database: Database,
  claim: Claim,
  { phase, done, best }: SliceProgress,
): Promise<void> {
  const { task } = claim;
  if (task.stage !== 'part') return send(database, claim.runId, { type: 'progress', phase, done });

  const count = Math.floor(done * (task.to - task.from));
  const slices = await database.inTeam(claim.teamId, async (scope) => {
    const held = await scope.rows(
      `UPDATE slice SET done = $3, best = coalesce($4, best) WHERE id = $1 AND attempt = $2 AND state = 'running' RETURNING id`,
      [claim.sliceId, claim.attempt, count, best && JSON.stringify(best)],
    );
    if (held.length === 0) throw new LostClaim(claim);
    const [run] = await scope.rows<{ progress: RunProgress }>('SELECT run_progress($1) AS progress', [claim.runId]);
    return run!.progress;
  });
  await send(database, claim.runId, { type: 'progress', phase, done: slices.done / slices.total, slices });
}

async function send(database: Database, runId: string, event: RunEvent): Promise<void> {
  await database.notify('quarry_progress', `${runId} ${JSON.stringify(event)}`);
}
