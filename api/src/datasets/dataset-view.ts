import type { Dataset, DatasetInfo } from '@quarry/contracts';
import type { TeamScope } from '@quarry/platform/database';
import { DomainError, notFound } from '../http/domain-error.js';

interface DatasetRow {
  readonly id: string;
  readonly name: string;
  readonly lent_by: string | null;
  readonly created_at: Date;
  readonly ingest_run_id: string;
  readonly info: DatasetInfo | null;
  readonly proposal: DatasetInfo | null;
}

export interface DatasetFilter {
  readonly id?: string;
  /** A part of the dataset's name, of a symbol or of a column in it, in whatever case. */
  readonly search?: string | undefined;
  /** A series must have bars on these days or between them, dates in UTC: those in a gap that ingest listed have none. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Datasets as the API shows them, by name, the team's own before those that others share with it; deleted ones are not. */
export async function datasetsOf(scope: TeamScope, { id, search, from, to }: DatasetFilter = {}): Promise<Dataset[]> {
  const rows = await scope.rows<DatasetRow>(
    `SELECT dataset.id, name, dataset.created_at, ingest_run_id, latest.info, proposed.info AS proposal,
       CASE WHEN dataset.team_id <> current_team() THEN sharing_team(dataset.team_id) END AS lent_by
     FROM dataset
     LEFT JOIN LATERAL (
       SELECT info FROM dataset_version WHERE dataset_id = dataset.id AND accepted_at IS NOT NULL AND deleted_at IS NULL
       ORDER BY accepted_at DESC LIMIT 1
     ) latest ON true
     LEFT JOIN dataset_version proposed ON proposed.dataset_id = dataset.id AND proposed.accepted_at IS NULL
     WHERE dataset.deleted_at IS NULL AND ($1::uuid IS NULL OR dataset.id = $1)
       AND ($2::text IS NULL OR strpos(lower(name), lower($2)) > 0 OR EXISTS (
         SELECT 1 FROM jsonb_array_elements(coalesce(latest.info, proposed.info) -> 'series') AS series
         WHERE strpos(lower(series ->> 'symbol'), lower($2)) > 0
           OR EXISTS (SELECT 1 FROM jsonb_array_elements_text(series -> 'columns') AS title
             WHERE strpos(lower(title), lower($2)) > 0)))
       AND (($3::date IS NULL AND $4::date IS NULL) OR EXISTS (
         SELECT 1 FROM jsonb_array_elements(coalesce(latest.info, proposed.info) -> 'series') AS series
         WHERE (series ->> 'from')::float8 < coalesce(extract(epoch FROM ($4::date + 1)::timestamp), 'Infinity') * 1e6
           AND (series ->> 'to')::float8 >= coalesce(extract(epoch FROM $3::date::timestamp), '-Infinity') * 1e6
           AND NOT EXISTS (
             SELECT 1 FROM jsonb_array_elements(coalesce(latest.info, proposed.info) #> '{quality,gaps}') AS gap
             WHERE gap ->> 'symbol' = series ->> 'symbol' AND (gap ->> 'from')::float8 < extract(epoch FROM $3::date::timestamp) * 1e6
               AND (gap ->> 'to')::float8 >= extract(epoch FROM ($4::date + 1)::timestamp) * 1e6)))
     ORDER BY lower(name), lent_by NULLS FIRST`,
    [id ?? null, search ?? null, from ?? null, to ?? null],
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    lentBy: row.lent_by,
    createdAt: row.created_at.toISOString(),
    ingestRunId: row.ingest_run_id,
    info: row.lent_by === null ? row.info : withoutRefusedRows(row.info),
    proposal: row.proposal,
  }));
}

/** Rows that were refused are in the file that was uploaded, not in the dataset: they stay with the team whose file it is. */
function withoutRefusedRows(info: DatasetInfo | null): DatasetInfo | null {
  return info && { ...info, quality: { ...info.quality, refused: [] } };
}

export async function datasetOf(scope: TeamScope, id: string): Promise<Dataset> {
  const [dataset] = await datasetsOf(scope, { id });
  if (!dataset) throw notFound('dataset', id);
  return dataset;
}

/** @throws DomainError where another team shares it: that is to read it, and no more */
export async function ownDatasetOf(scope: TeamScope, id: string): Promise<Dataset> {
  const dataset = await datasetOf(scope, id);
  if (dataset.lentBy === null) return dataset;
  throw new DomainError(
    'not-allowed',
    `Dataset "${dataset.name}" is shared with your team by ${dataset.lentBy}, to be read only. Ask them to change it, or upload the data as your own.`,
  );
}
