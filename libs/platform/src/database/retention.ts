import type { RetentionDue, RetentionPolicy } from '@quarry/contracts';
import type { TeamScope } from './team-scope.js';

/** So many runs go in one transaction. */
const batch = 500;

/** Neither teams' quotas of a day nor who has just looked at a run are to miss it. */
const youngest = `interval '1 day'`;

const olderThan = (days: string): string => `now() - ${days}::int * interval '1 day'`;

/** SQL: runs that a policy ($1 days, $2 newest) lets go. */
const dueRuns = `
  SELECT id, finished_at FROM (
    SELECT id, finished_at, row_number() OVER (ORDER BY finished_at DESC, id) AS nth FROM run
    WHERE finished_at IS NOT NULL AND kind <> 'check'
      AND NOT EXISTS (SELECT 1 FROM schedule WHERE last_run_id = run.id)
      AND (kind <> 'ingest' OR EXISTS (SELECT 1 FROM dataset WHERE dataset.id = run.dataset_id AND deleted_at IS NOT NULL))
  ) AS finished
  WHERE finished_at < now() - ${youngest} AND (finished_at < ${olderThan('$1')} OR nth > $2::int)`;

/** SQL: runs whose log a policy ($1 days) lets go, with how many events each has of it. */
const dueLogs = `
  SELECT run.id, finished_at, count(*)::int AS events FROM run JOIN run_event ON run_event.run_id = run.id
  WHERE finished_at < ${olderThan('$1')} AND finished_at < now() - ${youngest} AND body ->> 'type' <> 'state'
  GROUP BY run.id`;

/**
 * SQL: dataset versions of the team's own that a policy ($1 days, $2 newest) lets go, those apart that a run has read which is
 * not among `gone`, or a run of a team that they are or were shared with.
 */
const dueVersions = (gone: string): string => `
  SELECT dataset_id, hash, files FROM (
    SELECT dataset_id, hash, files, row_number() OVER newest AS nth, lag(accepted_at) OVER newest AS replaced_at
    FROM dataset_version WHERE team_id = current_team() AND accepted_at IS NOT NULL AND deleted_at IS NULL
    WINDOW newest AS (PARTITION BY dataset_id ORDER BY accepted_at DESC)
  ) AS version
  WHERE nth > 1 AND replaced_at < now() - ${youngest} AND (replaced_at < ${olderThan('$1')} OR nth > $2::int)
    AND NOT EXISTS (
      SELECT 1 FROM run WHERE run.dataset_id = version.dataset_id AND run.dataset_version = version.hash
        AND NOT run.id = ANY (${gone}))
    AND NOT has_been_read_by_others(version.dataset_id, version.hash)`;

/** The team's policy; null where it never had one. */
export async function retentionPolicy(scope: TeamScope): Promise<RetentionPolicy | null> {
  const [policy] = await scope.rows<RetentionPolicy>(`SELECT ${columns} FROM team_retention`);
  return policy ?? null;
}

const columns = `run_days AS "runDays", run_count AS "runCount", log_days AS "logDays", version_days AS "versionDays",
  version_count AS "versionCount"`;

export async function setRetentionPolicy(scope: TeamScope, policy: RetentionPolicy): Promise<void> {
  await scope.rows(
    `INSERT INTO team_retention (team_id, run_days, run_count, log_days, version_days, version_count)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (team_id) DO UPDATE SET run_days = excluded.run_days, run_count = excluded.run_count,
       log_days = excluded.log_days, version_days = excluded.version_days, version_count = excluded.version_count`,
    [scope.teamId, policy.runDays, policy.runCount, policy.logDays, policy.versionDays, policy.versionCount],
  );
}

/** What the policy would let go now, had it all the time that it needs. */
export async function retentionDue(scope: TeamScope, policy: RetentionPolicy): Promise<RetentionDue> {
  const runs = await scope.rows<{ id: string }>(dueRuns, [policy.runDays, policy.runCount]);
  const gone = runs.map(({ id }) => id);
  const [logs] = await scope.rows<{ events: number }>(
    `SELECT coalesce(sum(events), 0)::int AS events FROM (${dueLogs}) AS log WHERE NOT id = ANY ($2)`,
    [policy.logDays, gone],
  );
  const [versions] = await scope.rows<{ versions: number; bytes: number }>(
    `SELECT count(DISTINCT (dataset_id, hash))::int AS versions, coalesce(sum((file ->> 'bytes')::bigint), 0)::float8 AS bytes
     FROM (${dueVersions('$3')}) AS version LEFT JOIN LATERAL jsonb_array_elements(files) AS file ON true`,
    [policy.versionDays, policy.versionCount, gone],
  );
  return {
    runs: gone.length,
    events: logs?.events ?? 0,
    versions: versions?.versions ?? 0,
    bytes: (await bytesOf(scope, gone)) + (versions?.bytes ?? 0),
  };
}

/**
 * Lets go, by the team's policy, as much as goes in one transaction; nothing where another process is at it. The bytes
 * become orphans, which the sweep removes.
 */
export async function retain(scope: TeamScope): Promise<RetentionDue> {
  const [policy] = await scope.rows<RetentionPolicy>(`SELECT ${columns} FROM team_retention FOR UPDATE SKIP LOCKED`);
  if (!policy) return { runs: 0, events: 0, versions: 0, bytes: 0 };

  const due = await scope.rows<{ id: string }>(`${dueRuns} ORDER BY finished_at LIMIT ${batch}`, [
    policy.runDays,
    policy.runCount,
  ]);
  const ids = due.map(({ id }) => id);
  const bytes = await bytesOf(scope, ids);
  const gone = await scope.rows(
    'INSERT INTO deleted_run (team_id, run_id) SELECT $1, id FROM delete_ended_runs($2) AS id RETURNING run_id',
    [scope.teamId, ids],
  );
  const [logged] = await scope.rows<{ events: number }>(
    `SELECT delete_logged_events(ARRAY(SELECT id FROM (${dueLogs} ORDER BY finished_at LIMIT ${batch}) AS log))::int AS events`,
    [policy.logDays],
  );
  const versions = await scope.rows<{ bytes: number }>(
    `UPDATE dataset_version SET deleted_at = now()
     WHERE deleted_at IS NULL AND (dataset_id, hash) IN (SELECT dataset_id, hash FROM (${dueVersions(`'{}'`)}) AS due)
     RETURNING (SELECT coalesce(sum((file ->> 'bytes')::bigint), 0) FROM jsonb_array_elements(files) AS file)::float8 AS bytes`,
    [policy.versionDays, policy.versionCount],
  );
  return {
    runs: gone.length,
    events: logged?.events ?? 0,
    versions: versions.length,
    bytes: versions.reduce((sum, version) => sum + version.bytes, bytes),
  };
}

/** Bytes of the artifacts that are nobody's once these runs are gone: a run that took over another's result has the same. */
async function bytesOf(scope: TeamScope, runIds: readonly string[]): Promise<number> {
  const [row] = await scope.rows<{ bytes: number }>(
    `SELECT coalesce(sum(bytes), 0)::float8 AS bytes FROM (
       SELECT DISTINCT ON (key) key, bytes FROM artifact WHERE run_id = ANY ($1)
     ) AS mine
     WHERE NOT EXISTS (SELECT 1 FROM artifact AS other WHERE other.key = mine.key AND NOT other.run_id = ANY ($1))`,
    [runIds],
  );
  return row?.bytes ?? 0;
}
