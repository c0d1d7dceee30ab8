import type { Database } from '@quarry/platform/database';
import { teamsOf } from './orphaned-artifacts.js';

/** Hashes of all series, of any team, that runs under way may read. */
export async function seriesInUse(database: Database): Promise<ReadonlySet<string>> {
  const hashes = new Set<string>();
  for (const { id } of await teamsOf(database)) {
    const rows = await database.inTeam(id, (scope) =>
      scope.rows<{ hash: string }>(
        `SELECT DISTINCT series ->> 'hash' AS hash
         FROM run JOIN dataset_version AS version
           ON version.dataset_id = run.dataset_id AND version.hash = run.dataset_version,
           jsonb_array_elements(version.info -> 'series') AS series
         WHERE run.state = 'running'`,
      ),
    );
    for (const { hash } of rows) hashes.add(hash);
  }
  return hashes;
}
