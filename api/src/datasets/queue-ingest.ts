import { randomUUID } from 'node:crypto';
import type { IngestOptions, RunWork } from '@quarry/contracts';
import { queueRun, type TeamScope } from '@quarry/platform/database';
import { DomainError, notFound } from '../http/domain-error.js';
import { ownDatasetOf } from './dataset-view.js';

type IngestInput = Extract<RunWork, { kind: 'ingest' }>['input'];

export interface Ingest {
  readonly input: IngestInput;
  readonly options: IngestOptions;
  readonly accept: boolean;
  readonly createdBy: string | null;
}

/** A name is taken while its dataset has data or may still get it; where ingest has failed, it may be uploaded again. */
export async function isTaken(scope: TeamScope, name: string): Promise<boolean> {
  const rows = await scope.rows(
    `SELECT 1 FROM dataset WHERE team_id = current_team() AND name = $1 AND deleted_at IS NULL AND NOT (${failedIngest})`,
    [name],
  );
  return rows.length > 0;
}

const failedIngest = `NOT EXISTS (SELECT 1 FROM dataset_version WHERE dataset_id = dataset.id)
  AND EXISTS (SELECT 1 FROM run WHERE run.id = dataset.ingest_run_id AND run.state IN ('failed', 'cancelled'))`;

/** Writes the dataset and queues the run that fills it. Answers null where the name is taken. */
export async function addDataset(scope: TeamScope, ingest: Ingest): Promise<string | null> {
  const runId = randomUUID();
  const [made] = await scope.rows<{ id: string }>(
    `INSERT INTO dataset (team_id, name, ingest_run_id) VALUES ($1, $2, $3)
     ON CONFLICT (team_id, name) WHERE deleted_at IS NULL
     DO UPDATE SET ingest_run_id = excluded.ingest_run_id WHERE ${failedIngest}
     RETURNING id`,
    [scope.teamId, ingest.options.name, runId],
  );
  if (!made) return null;
  await queueInto(scope, made.id, runId, ingest);
  return made.id;
}

/** Queues an ingest into a dataset that is there. One at a time: versions follow one another. */
export async function ingestInto(
  scope: TeamScope,
  datasetId: string,
  ingest: Omit<Ingest, 'options'> & { readonly options: Omit<IngestOptions, 'name'> },
): Promise<void> {
  await ownDatasetOf(scope, datasetId);
  const [dataset] = await scope.rows<{ name: string; state: string | null }>(
    `SELECT name, (SELECT state FROM run WHERE run.id = ingest_run_id) AS state FROM dataset
     WHERE id = $1 AND deleted_at IS NULL FOR UPDATE`,
    [datasetId],
  );
  if (!dataset) throw notFound('dataset', datasetId);
  if (dataset.state === 'queued' || dataset.state === 'running') {
    throw new DomainError(
      'dataset-not-ready',
      `Dataset "${dataset.name}" is being read. Wait for its ingest run to end, or cancel it.`,
    );
  }
  const runId = randomUUID();
  await scope.rows('UPDATE dataset SET ingest_run_id = $2 WHERE id = $1', [datasetId, runId]);
  await queueInto(scope, datasetId, runId, { ...ingest, options: { ...ingest.options, name: dataset.name } });
}

async function queueInto(scope: TeamScope, datasetId: string, runId: string, ingest: Ingest): Promise<void> {
  const { input, options, accept, createdBy } = ingest;
  await queueRun(scope, {
    id: runId,
    work: { kind: 'ingest', datasetId, input, options, accept },
    createdBy,
    datasetId,
  });
}
