import type { Dispatched, DispatchTarget } from '../dispatcher.js';
import type { Database, Rows } from '../database.js';
import { admit, aheadSeconds, mostAhead, type ClusterLoad, type TeamLoad } from './admission-policy.js';
import type { Share } from './fair-share.js';
import { liveWorker } from './worker-registry.js';

/** Held by the one that admits, for one round: 'admission' by its sound, cut to 31 bits. */
const admissionLock = 0x61646d69;

/**
 * One round of admission: charges the teams what ended, and hands the slices whose turn it is to the queue. Only one
 * process admits at a time; another's round would find nothing new. A crash between enqueue and commit repeats the
 * round, which the claim makes harmless. While the cluster is paused, it takes back from the queue what no lane has taken.
 */
export function admitSlices(database: Database, queue: DispatchTarget): Promise<void> {
  return database.asRelay(async (rows) => {
    const [lock] = await rows<{ held: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS held', [admissionLock]);
    if (lock?.held !== true) return;
    const { paused, ...load } = await loadOf(rows, await chargedNow(rows));
    const { admitted, shares, clock } = admit(load);
    await keepShares(rows, load, shares);
    if (clock > load.clock) await rows('UPDATE cluster SET clock = $1', [clock]);
    if (paused) {
      await takeBack(rows, queue);
      return;
    }
    if (admitted.length === 0) return;

    const dispatched = await rows<{ id: string }>(
      `UPDATE slice SET dispatched_at = now() WHERE id IN (
         SELECT id FROM slice WHERE id = ANY($1) AND state = 'queued' AND dispatched_at IS NULL FOR UPDATE SKIP LOCKED)
       RETURNING id`,
      [admitted.map(({ sliceId }) => sliceId)],
    );
    const ids = new Set(dispatched.map(({ id }) => id));
    const still = admitted.filter(({ sliceId }) => ids.has(sliceId));
    await Promise.all(
      still.map(({ runId, sliceId, number, ahead }) => queue.enqueue({ runId, sliceId, number }, { ahead })),
    );
  });
}

/** Has slices that no lane has taken wait for admission anew, under a new dispatch number. */
export async function takeBack(
  rows: Rows,
  queue: DispatchTarget,
  sliceIds: readonly string[] | null = null,
): Promise<void> {
  const taken = await rows<Dispatched & { id: string }>(
    `UPDATE slice SET dispatch = dispatch + 1, dispatched_at = NULL WHERE id IN (
       SELECT id FROM slice WHERE state = 'queued' AND dispatched_at IS NOT NULL AND ($1::uuid[] IS NULL OR id = ANY($1))
       FOR UPDATE SKIP LOCKED)
     RETURNING run_id AS "runId", id AS "sliceId", dispatch - 1 AS number`,
    [sliceIds],
  );
  await Promise.all(taken.map(({ runId, sliceId, number }) => queue.remove({ runId, sliceId, number })));
}

/** Seconds of the attempts that ended since the last round, by team. */
async function chargedNow(rows: Rows): Promise<Map<string, number[]>> {
  const ended = await rows<{ team_id: string; seconds: number }>(
    `UPDATE slice_attempt SET charged = true WHERE (slice_id, attempt) IN (
       SELECT slice_id, attempt FROM slice_attempt WHERE ended_at IS NOT NULL AND NOT charged FOR UPDATE SKIP LOCKED)
     RETURNING team_id, greatest(0, extract(epoch FROM ended_at - started_at))::float8 AS seconds`,
  );
  const byTeam = new Map<string, number[]>();
  for (const { team_id, seconds } of ended) byTeam.set(team_id, [...(byTeam.get(team_id) ?? []), seconds]);
  return byTeam;
}

type LoadedTeam = Omit<TeamLoad, 'share' | 'ended'> & Share;

/** What the cluster has now, with what has just ended. */
export async function loadOf(
  rows: Rows,
  ended: ReadonlyMap<string, number[]>,
): Promise<ClusterLoad & { paused: boolean }> {
  const [cluster] = await rows<{ paused: boolean; clock: number; lanes: number; teams: LoadedTeam[] }>(
    // Of each team no more heads than a round could let in.
    `WITH live AS (
       SELECT coalesce(sum(lanes), 0)::int AS lanes FROM worker WHERE ${liveWorker} AND NOT draining AND refusal IS NULL)
     SELECT paused, clock, lanes,
       (SELECT coalesce(json_agg(load), '[]') FROM (
          SELECT team.id AS "teamId", coalesce(weight, 1) AS weight,
            least(slices_per_team, team_share.concurrent_slices, team_limit.concurrent_slices) AS "concurrentSlices",
            coalesce(used, 0) AS used, coalesce(mean_seconds, 1) AS "meanSeconds", coalesce(competed, false) AS competed,
            (SELECT coalesce(json_agg(greatest(0, extract(epoch FROM clock_timestamp() - started_at))), '[]')
             FROM slice JOIN slice_attempt ON slice_id = slice.id AND slice_attempt.attempt = slice.attempt
             WHERE slice.team_id = team.id AND state = 'running') AS running,
            (SELECT count(*) FROM slice
             WHERE slice.team_id = team.id AND state = 'queued' AND dispatched_at IS NOT NULL) AS dispatched,
            (SELECT coalesce(json_agg(head), '[]') FROM (
               SELECT id AS "sliceId", run_id AS "runId", dispatch AS number FROM slice
               WHERE slice.team_id = team.id AND state = 'queued' AND dispatched_at IS NULL
               ORDER BY priority DESC, queued_at, index
               LIMIT (1 + lanes + lanes * greatest(1, least($2::float8, $3::float8 / greatest(coalesce(mean_seconds, 1), 0.001))))::int
             ) AS head) AS waiting
          FROM team LEFT JOIN team_share ON team_share.team_id = team.id
            LEFT JOIN team_limit ON team_limit.team_id = team.id
          WHERE team.id = ANY($1)
            OR competed OR EXISTS (SELECT 1 FROM slice WHERE slice.team_id = team.id AND state IN ('queued', 'running'))
        ) AS load) AS teams
     FROM cluster, live`,
    [[...ended.keys()], mostAhead, aheadSeconds],
  );
  if (!cluster) throw new Error('The table cluster has lost its row. Restore it: INSERT INTO cluster DEFAULT VALUES.');
  const { paused, clock, lanes, teams } = cluster;
  return {
    paused,
    clock,
    lanes,
    teams: teams.map(({ teamId, running, dispatched, waiting, ...share }) => ({
      ...{ teamId, running, dispatched, waiting, share },
      ended: ended.get(teamId) ?? [],
    })),
  };
}

async function keepShares(rows: Rows, { teams }: ClusterLoad, shares: ReadonlyMap<string, Share>): Promise<void> {
  for (const { teamId, share: before } of teams) {
    const share = shares.get(teamId) ?? before;
    if (share.used === before.used && share.competed === before.competed) continue;
    await rows(
      `INSERT INTO team_share (team_id, used, mean_seconds, competed) VALUES ($1, $2, $3, $4)
       ON CONFLICT (team_id) DO UPDATE SET used = $2, mean_seconds = $3, competed = $4`,
      [teamId, share.used, share.meanSeconds, share.competed],
    );
  }
}
