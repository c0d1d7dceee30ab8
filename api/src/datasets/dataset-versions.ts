import type { DatasetVersion, VersionOrigin } from '@quarry/contracts';
import { acceptVersion, type Database } from '@quarry/platform/database';
import { audit } from '../http/audit.js';
import { notFound } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import { datasetOf, ownDatasetOf } from './dataset-view.js';

interface VersionRow {
  readonly hash: string;
  readonly created_at: Date;
  readonly accepted_at: Date | null;
  readonly deleted_at: Date | null;
  readonly previous: string | null;
  readonly origin: VersionOrigin | null;
  readonly rows: number;
  readonly runs: number;
}

/** The contents that a dataset has had, and those that are proposed for it. */
export class DatasetVersions {
  constructor(private readonly database: Database) {}

  /** Newest first: a proposal, then what was accepted, deleted ones too. */
  list({ session }: Member, datasetId: string): Promise<DatasetVersion[]> {
    return this.database.inTeam(session.team.id, async (scope) => {
      const { lentBy } = await datasetOf(scope, datasetId);
      const rows = await scope.rows<VersionRow>(
        `SELECT hash, created_at, accepted_at, deleted_at, previous, origin,
           coalesce((SELECT sum((series ->> 'rows')::int) FROM jsonb_array_elements(info -> 'series') AS series), 0)::int AS rows,
           (SELECT count(*) FROM run WHERE run.dataset_id = $1 AND run.dataset_version = hash)::int AS runs
         FROM dataset_version WHERE dataset_id = $1 ORDER BY accepted_at DESC NULLS FIRST`,
        [datasetId],
      );
      return rows.map((row) => ({
        hash: row.hash,
        createdAt: row.created_at.toISOString(),
        acceptedAt: row.accepted_at?.toISOString() ?? null,
        deletedAt: row.deleted_at?.toISOString() ?? null,
        previous: row.previous,
        // The file, and who brought it, are the other team's.
        origin: lentBy === null ? row.origin : null,
        rows: row.rows,
        runs: row.runs,
      }));
    });
  }

  /** Makes a proposal, or an earlier version, the one that new runs read. */
  async accept(member: Member, datasetId: string, hash: string): Promise<DatasetVersion[]> {
    const { session, actor } = member;
    await this.database.inTeam(session.team.id, async (scope) => {
      const { name } = await ownDatasetOf(scope, datasetId);
      if (!(await acceptVersion(scope, datasetId, hash))) throw notFound(`version of dataset "${name}"`, hash);
      await audit(scope, actor, 'dataset-version-accepted', { id: datasetId, name, version: hash });
    });
    return this.list(member, datasetId);
  }

  /** A proposal is dismissed. A version is read by no new run from here on; those that wait or run still read it. */
  remove({ session, actor }: Member, datasetId: string, hash: string): Promise<void> {
    return this.database.inTeam(session.team.id, async (scope) => {
      const { name } = await ownDatasetOf(scope, datasetId);
      const at = [datasetId, hash];
      const dismissed = await scope.rows(
        'DELETE FROM dataset_version WHERE dataset_id = $1 AND hash = $2 AND accepted_at IS NULL RETURNING hash',
        at,
      );
      const deleted = await scope.rows(
        'UPDATE dataset_version SET deleted_at = now() WHERE dataset_id = $1 AND hash = $2 AND deleted_at IS NULL RETURNING hash',
        at,
      );
      if (dismissed.length + deleted.length === 0) throw notFound(`version of dataset "${name}"`, hash);
      await audit(scope, actor, 'dataset-version-deleted', { id: datasetId, name, version: hash });
    });
  }
}
