import type { ScalingRange, SetShare } from '@quarry/contracts';
import type { Rows } from '../database.js';
import { liveWorker } from './worker-registry.js';

/** Every API node and worker hears of it; one that does not sees it in the rows, within its next round. */
const told = `SELECT pg_notify('quarry_cluster', '')`;

/** Paused, nothing starts; what runs goes on. */
export async function pauseCluster(rows: Rows, paused: boolean): Promise<void> {
  await rows('UPDATE cluster SET paused = $1', [paused]);
  await rows(told);
}

export async function setWorkerBounds(rows: Rows, { min, max }: ScalingRange): Promise<void> {
  await rows('UPDATE cluster SET workers_min = $1, workers_max = $2', [min, max]);
  await rows(told);
}

/** At most so many slices of any team are in the queue or running at once, whatever its own limits are. */
export async function setSlicesPerTeam(rows: Rows, most: number): Promise<void> {
  await rows('UPDATE cluster SET slices_per_team = $1', [most]);
  await rows(told);
}

/** A drained worker finishes what it has and takes no more. Answers false where there is no such worker. */
export async function drainWorker(rows: Rows, id: string, draining: boolean): Promise<boolean> {
  const drained = await rows('UPDATE worker SET draining = $2 WHERE id = $1 RETURNING id', [id, draining]);
  await rows(told);
  return drained.length > 0;
}

/** Answers false where there is no such team. */
export async function setTeamShare(
  rows: Rows,
  teamId: string,
  { weight, concurrentSlices }: SetShare,
): Promise<boolean> {
  const set = await rows(
    `INSERT INTO team_share (team_id, weight, concurrent_slices) SELECT id, $2, $3 FROM team WHERE id = $1
     ON CONFLICT (team_id) DO UPDATE SET weight = $2, concurrent_slices = $3 RETURNING team_id`,
    [teamId, weight, concurrentSlices],
  );
  await rows(told);
  return set.length > 0;
}

/**
 * As who starts worker processes begins: with the bounds that were given, those that an admin set before where none were,
 * or `otherwise`; and with as few workers as they allow.
 */
export async function startScaling(
  rows: Rows,
  { given, otherwise }: { readonly given: ScalingRange | null; readonly otherwise: ScalingRange },
): Promise<void> {
  await rows(
    `UPDATE cluster SET workers_min = coalesce($1, workers_min, $3), workers_max = coalesce($2, workers_max, $4),
       workers_wanted = coalesce($1, workers_min, $3), wanted_at = now(), quiet_since = NULL`,
    [given?.min ?? null, given?.max ?? null, otherwise.min, otherwise.max],
  );
}

/** How many workers the policy asks for. */
export async function workersWanted(rows: Rows): Promise<number> {
  const [cluster] = await rows<{ wanted: number }>('SELECT workers_wanted AS wanted FROM cluster');
  return cluster?.wanted ?? 1;
}

/** Process ids of the live workers of a host that were told to take no more. */
export async function drainedWorkers(rows: Rows, host: string): Promise<Set<number>> {
  const found = await rows<{ pid: number }>(`SELECT pid FROM worker WHERE ${liveWorker} AND draining AND host = $1`, [
    host,
  ]);
  return new Set(found.map(({ pid }) => pid));
}

/** How many workers live, whether they take slices or not. */
export async function livingWorkers(rows: Rows): Promise<number> {
  const [found] = await rows<{ count: number }>(`SELECT count(*)::int AS count FROM worker WHERE ${liveWorker}`);
  return found?.count ?? 0;
}
