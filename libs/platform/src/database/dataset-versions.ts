import type { DatasetInfo, VersionOrigin } from '@quarry/contracts';
import type { DatasetFile } from './entities/dataset.js';
import type { TeamScope } from './team-scope.js';

interface MadeVersion {
  readonly datasetId: string;
  readonly info: DatasetInfo;
  readonly files: readonly DatasetFile[];
  readonly origin: VersionOrigin;
}

/**
 * Writes what an ingest made as the dataset's proposal, in place of any other. Where the dataset has an accepted version
 * of this very content, nothing is proposed: it is there already.
 */
export async function proposeVersion(scope: TeamScope, { datasetId, info, files, origin }: MadeVersion): Promise<void> {
  await scope.rows('DELETE FROM dataset_version WHERE dataset_id = $1 AND accepted_at IS NULL', [datasetId]);
  await scope.rows(
    `INSERT INTO dataset_version (team_id, dataset_id, hash, info, files, origin, accepted_at)
     VALUES ($1, $2, $3, $4, $5, $6, NULL)
     ON CONFLICT (dataset_id, hash) DO UPDATE SET info = excluded.info, files = excluded.files, origin = excluded.origin,
       created_at = now(), accepted_at = NULL, deleted_at = NULL, previous = NULL
     WHERE dataset_version.deleted_at IS NOT NULL`,
    [scope.teamId, datasetId, info.version, JSON.stringify(info), JSON.stringify(files), JSON.stringify(origin)],
  );
}

/** Makes a version the one that new runs read. Answers whether there is such a version. */
export async function acceptVersion(scope: TeamScope, datasetId: string, hash: string): Promise<boolean> {
  const current = await currentVersion(scope, datasetId);
  if (current === hash) return true;
  const accepted = await scope.rows(
    `UPDATE dataset_version SET accepted_at = clock_timestamp(), previous = $3
     WHERE dataset_id = $1 AND hash = $2 AND deleted_at IS NULL RETURNING hash`,
    [datasetId, hash, current],
  );
  return accepted.length > 0;
}

/** The hash of the version that new runs read, or null where there is none. It is held till the transaction ends: nobody deletes it before. */
export async function currentVersion(scope: TeamScope, datasetId: string): Promise<string | null> {
  const [version] = await scope.rows<{ hash: string }>(
    `SELECT hash FROM dataset_version WHERE dataset_id = $1 AND accepted_at IS NOT NULL AND deleted_at IS NULL
     ORDER BY accepted_at DESC LIMIT 1 FOR SHARE`,
    [datasetId],
  );
  return version?.hash ?? null;
}
