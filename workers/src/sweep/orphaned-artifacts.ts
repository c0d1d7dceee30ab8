import type { ArtifactStore } from '@quarry/platform/artifacts';
import { keepsRawFile, type Database } from '@quarry/platform/database';

/** `teams/<team>/runs/<run>/…`: what an attempt put, or `teams/<team>/uploads/…`: what a person did. */
const named = /^teams\/([0-9a-f-]{36})\/(?:runs\/([0-9a-f-]{36})\/|uploads\/)/;
const batch = 1000;

interface Found {
  readonly key: string;
  readonly runId: string | null;
}

/**
 * Artifacts that nothing refers to and nothing will: put before `before`, by an attempt that was killed between its upload
 * and its commit, uploaded without a run or for one that failed a day ago, of a run that was let go, or of a dataset version
 * that was deleted and that no run of any team needs any more. What a run under way has put is left alone, whatever its age, and so is
 * what belongs to teams or runs that this database does not know: it may be another's.
 */
export async function orphanedArtifacts(store: ArtifactStore, database: Database, before: Date): Promise<string[]> {
  const orphans: string[] = [];
  for (const { id } of await teamsOf(database)) {
    const old = (await store.list(`teams/${id}/`)).filter(({ modifiedAt }) => modifiedAt < before);
    const found = old.flatMap(({ key }): Found[] => {
      const match = named.exec(key);
      return match ? [{ key, runId: match[2] ?? null }] : [];
    });
    for (let at = 0; at < found.length; at += batch) {
      orphans.push(...(await unreferenced(database, id, found.slice(at, at + batch), before)));
    }
  }
  return orphans;
}

export function teamsOf(database: Database): Promise<{ id: string }[]> {
  return database.asRelay((rows) => rows<{ id: string }>('SELECT id FROM team'));
}

async function unreferenced(
  database: Database,
  teamId: string,
  found: readonly Found[],
  before: Date,
): Promise<string[]> {
  const rows = await database.inTeam(teamId, (scope) =>
    scope.rows<{ key: string }>(
      `SELECT found.key FROM unnest($1::text[], $2::uuid[]) AS found (key, run_id)
       LEFT JOIN run ON run.id = found.run_id
       WHERE (found.run_id IS NULL OR run.state IN ('succeeded', 'failed', 'cancelled')
           OR EXISTS (SELECT 1 FROM deleted_run WHERE deleted_run.run_id = found.run_id))
         AND NOT EXISTS (SELECT 1 FROM artifact WHERE artifact.key = found.key)
         AND NOT (run.state = 'failed' AND EXISTS (
           SELECT 1 FROM slice WHERE slice.run_id = found.run_id AND slice.found ->> 'key' = found.key))
         AND NOT EXISTS (
           SELECT 1 FROM dataset_version AS version, jsonb_array_elements(files) AS file
           WHERE file ->> 'key' = found.key
             AND (deleted_at IS NULL OR is_being_read(version.dataset_id, version.hash)))
         AND NOT EXISTS (SELECT 1 FROM upload WHERE parts ? found.key)
         AND NOT EXISTS (
           SELECT 1 FROM run AS reader
           WHERE reader.work -> 'input' -> 'keys' ? found.key AND ${keepsRawFile('$3::timestamptz')})`,
      [found.map(({ key }) => key), found.map(({ runId }) => runId), before],
    ),
  );
  return rows.map(({ key }) => key);
}
