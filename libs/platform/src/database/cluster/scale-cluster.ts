import type { Database } from '../database.js';
import { wantedWorkers, type ScalingView } from './scaling-policy.js';
import { liveWorker } from './worker-registry.js';

/** Held by the one that looks: 'scaling' by its sound, cut to 31 bits. */
const scalingLock = 0x7363616c;

/** Where nobody has set bounds. */
const fewest = 1;
const most = 1_000;

interface ScalingRow extends ScalingView {
  readonly workers: number;
  readonly lanes: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly wanted: number;
  readonly changedAt: number;
  readonly quietSince: number | null;
  readonly now: number;
}

/** One look at the cluster: how many workers are wanted is written down, and every five seconds what the cluster is like. */
export function scaleCluster(database: Database): Promise<void> {
  return database.asRelay(async (rows) => {
    const [lock] = await rows<{ held: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS held', [scalingLock]);
    if (lock?.held !== true) return;
    const [row] = await rows<ScalingRow>(
      `WITH live AS (
         SELECT count(*)::int AS workers, coalesce(sum(lanes), 0)::int AS lanes
         FROM worker WHERE ${liveWorker} AND NOT draining AND refusal IS NULL),
       team_load AS (
         SELECT team_id, count(*) FILTER (WHERE state = 'queued') AS waiting,
           count(*) FILTER (WHERE state = 'running') AS running,
           min(queued_at) FILTER (WHERE state = 'queued') AS oldest
         FROM slice WHERE state IN ('queued', 'running') GROUP BY team_id),
       load AS (
         SELECT coalesce(sum(waiting), 0)::int AS waiting, coalesce(sum(running), 0)::int AS running,
           coalesce(sum(waiting * coalesce(mean_seconds, 1)), 0)::float8 AS "waitingSeconds",
           greatest(0, coalesce(extract(epoch FROM now() - min(oldest)), 0))::float8 AS "oldestSeconds"
         FROM team_load LEFT JOIN team_share USING (team_id))
       SELECT load.*, live.*, greatest(1, lanes::float8 / greatest(1, workers)) AS "lanesPerWorker", paused,
         workers_min AS min, workers_max AS max, workers_wanted AS wanted,
         extract(epoch FROM wanted_at)::float8 AS "changedAt", extract(epoch FROM quiet_since)::float8 AS "quietSince",
         extract(epoch FROM now())::float8 AS now
       FROM load, live, cluster`,
    );
    if (!row) return;

    const bounds = { min: row.min ?? fewest, max: row.max ?? most };
    const next = wantedWorkers(row, row, bounds, row.now);
    if (next.wanted !== row.wanted || next.quietSince !== row.quietSince) {
      await rows(
        `UPDATE cluster SET workers_wanted = $1, wanted_at = to_timestamp($2), quiet_since = to_timestamp($3)`,
        [next.wanted, next.changedAt, next.quietSince],
      );
    }
    await rows(
      `INSERT INTO cluster_sample (waiting, running, workers, lanes, oldest_seconds)
       SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT 1 FROM cluster_sample WHERE at > now() - interval '5 seconds')`,
      [row.waiting, row.running, row.workers, row.lanes, row.oldestSeconds],
    );
    await rows(`DELETE FROM cluster_sample WHERE at < now() - interval '1 day'`);
  });
}
