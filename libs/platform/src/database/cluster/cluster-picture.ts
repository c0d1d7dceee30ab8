import type { Cluster, ClusterSample, ClusterWorker, DeadLetter, QueueDepth, TeamShare } from '@quarry/contracts';
import type { Rows } from '../database.js';
import { liveWorker } from './worker-registry.js';

/** How far back waits and worker-seconds are counted. */
const recently = `now() - interval '15 minutes'`;

/** The cluster as those who administer it see it, and as its metrics tell of it. */
export async function clusterPicture(rows: Rows): Promise<Cluster> {
  const [cluster] = await rows<{ paused: boolean; min: number | null; max: number | null; wanted: number }>(
    'SELECT paused, workers_min AS min, workers_max AS max, workers_wanted AS wanted FROM cluster',
  );
  const { paused = false, ...scaling } = cluster ?? { min: null, max: null, wanted: 1 };
  return {
    paused,
    scaling,
    queues: await queueDepths(rows),
    workers: await workersOf(rows),
    shares: await sharesOf(rows),
    history: await historyOf(rows),
  };
}

function queueDepths(rows: Rows): Promise<QueueDepth[]> {
  return rows<QueueDepth>(
    `WITH open AS (
       SELECT kind, count(*) FILTER (WHERE state = 'queued' AND dispatched_at IS NULL)::int AS waiting,
         count(*) FILTER (WHERE state = 'queued' AND dispatched_at IS NOT NULL)::int AS dispatched,
         count(*) FILTER (WHERE state = 'running')::int AS running,
         greatest(0, extract(epoch FROM now() - min(queued_at) FILTER (WHERE state = 'queued')))::float8 AS oldest
       FROM slice WHERE state IN ('queued', 'running') GROUP BY kind),
     begun AS (
       SELECT kind, percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (
         ORDER BY greatest(0, extract(epoch FROM slice_attempt.started_at - slice_attempt.queued_at))) AS waits
       FROM slice_attempt JOIN slice ON slice.id = slice_id
       WHERE slice_attempt.started_at > ${recently} AND slice_attempt.queued_at IS NOT NULL GROUP BY kind)
     SELECT kind, coalesce(waiting, 0) AS waiting, coalesce(dispatched, 0) AS dispatched, coalesce(running, 0) AS running,
       oldest AS "oldestSeconds",
       CASE WHEN waits IS NULL THEN NULL
         ELSE json_build_object('p50', waits[1], 'p95', waits[2], 'p99', waits[3]) END AS "waitSeconds"
     FROM open FULL JOIN begun USING (kind) ORDER BY kind`,
  );
}

interface WorkerRow extends Omit<ClusterWorker, 'startedAt' | 'heartbeatAt' | 'memoryBytes'> {
  readonly memory: string;
  readonly started: Date;
  readonly heartbeat: Date;
}

async function workersOf(rows: Rows): Promise<ClusterWorker[]> {
  const workers = await rows<WorkerRow>(
    `SELECT id, name, version, engine_hash AS "engineHash", wall, lanes, busy, refusal,
       CASE WHEN NOT ${liveWorker} THEN 'lost' WHEN draining THEN 'draining' WHEN refusal IS NOT NULL THEN 'refusing'
         ELSE 'taking' END AS state,
       memory_bytes AS memory, started_at AS started, heartbeat_at AS heartbeat
     FROM worker ORDER BY name, started_at`,
  );
  return workers.map(({ memory, started, heartbeat, ...worker }) => ({
    ...worker,
    memoryBytes: Number(memory),
    startedAt: started.toISOString(),
    heartbeatAt: heartbeat.toISOString(),
  }));
}

function sharesOf(rows: Rows): Promise<TeamShare[]> {
  return rows<TeamShare>(
    `WITH open AS (
       SELECT team_id, count(*) FILTER (WHERE state = 'queued')::int AS waiting,
         count(*) FILTER (WHERE state = 'running')::int AS running
       FROM slice WHERE state IN ('queued', 'running') GROUP BY team_id),
     spent AS (
       SELECT slice_attempt.team_id, sum(greatest(0, extract(epoch FROM
         coalesce(ended_at, clock_timestamp()) - greatest(started_at, ${recently}))))::float8 AS seconds
       FROM slice_attempt JOIN slice ON slice.id = slice_id
       WHERE ended_at > ${recently} OR ended_at IS NULL AND state = 'running' AND slice.attempt = slice_attempt.attempt
       GROUP BY slice_attempt.team_id)
     SELECT team.id AS "teamId", name AS team, coalesce(weight, 1) AS weight, concurrent_slices AS "concurrentSlices",
       coalesce(waiting, 0) AS waiting, coalesce(running, 0) AS running, coalesce(seconds, 0) AS "workerSeconds"
     FROM team LEFT JOIN team_share ON team_share.team_id = team.id
     LEFT JOIN open ON open.team_id = team.id LEFT JOIN spent ON spent.team_id = team.id
     ORDER BY "workerSeconds" DESC, name, team.id LIMIT 500`,
  );
}

async function historyOf(rows: Rows): Promise<ClusterSample[]> {
  const samples = await rows<Omit<ClusterSample, 'at'> & { at: Date }>(
    `SELECT at, waiting, running, workers, lanes, oldest_seconds AS "oldestSeconds"
     FROM cluster_sample WHERE at > now() - interval '1 hour' ORDER BY at`,
  );
  return samples.map(({ at, ...sample }) => ({ at: at.toISOString(), ...sample }));
}

/** Runs that failed by no fault of their authors', the latest first: of runs, the policy of the cluster's role shows no others. */
export async function deadLetters(rows: Rows): Promise<(DeadLetter & { readonly teamId: string })[]> {
  const found = await rows<Omit<DeadLetter, 'finishedAt'> & { teamId: string; finished: Date }>(
    `SELECT run.id AS "runId", team_id AS "teamId", team.name AS team, kind, failure ->> 'code' AS code,
       failure ->> 'message' AS message, finished_at AS finished
     FROM run JOIN team ON team.id = team_id ORDER BY finished_at DESC LIMIT 200`,
  );
  return found.map(({ finished, ...letter }) => ({ ...letter, finishedAt: finished.toISOString() }));
}
