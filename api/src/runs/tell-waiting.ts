import type { Run } from '@quarry/contracts';
import { waitingReasons, type Database } from '@quarry/platform/database';

/** The runs of a team, those that wait with the reason why. */
export async function tellWaiting(database: Database, teamId: string, runs: readonly Run[]): Promise<Run[]> {
  const queued = runs.filter(({ state }) => state === 'queued').map(({ id }) => id);
  if (queued.length === 0) return [...runs];
  const reasons = await database.asRelay((rows) => waitingReasons(rows, teamId, queued));
  return runs.map((run) => ({ ...run, waiting: reasons.get(run.id) ?? null }));
}
