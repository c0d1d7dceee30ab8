import type { Dataset } from '@quarry/contracts';
import { currentVersion, type BorrowedDataset, type TeamScope } from '@quarry/platform/database';
import { DomainError, notFound } from '../http/domain-error.js';
import { datasetsOf } from './dataset-view.js';

/**
 * The version that a new run reads. It is held until the run is written: nobody of the team deletes it before. The team that shares one
 * may; bytes that a run was queued for stay as ever.
 */
export async function readyVersion(scope: TeamScope, datasetId: string): Promise<string> {
  const { name, lentBy, info, ingestRunId } = await datasetToRead(scope, datasetId);
  const hash = lentBy === null ? await currentVersion(scope, datasetId) : info?.version;
  if (hash) return hash;
  if (lentBy !== null) {
    throw new DomainError(
      'dataset-not-ready',
      `Dataset "${name}" of ${lentBy} has no data now. Ask them when it will.`,
    );
  }
  const [ingest] = await scope.rows<{ state: string }>('SELECT state FROM run WHERE id = $1', [ingestRunId]);
  const way = {
    succeeded: 'Accept what its ingest run proposes.',
    failed: 'Its ingest run ended without a result; upload it again.',
    cancelled: 'Its ingest run ended without a result; upload it again.',
  }[ingest?.state ?? ''];
  throw new DomainError(
    'dataset-not-ready',
    `Dataset "${name}" has no data yet. ${way ?? 'Wait for its ingest run to end.'}`,
  );
}

/** Of one that the team has read and may not any more, it is said whose it is. */
async function datasetToRead(scope: TeamScope, id: string): Promise<Dataset> {
  const [dataset] = await datasetsOf(scope, { id });
  if (dataset) return dataset;
  const [{ borrowed } = { borrowed: null }] = await scope.rows<{ borrowed: BorrowedDataset | null }>(
    'SELECT borrowed FROM run WHERE dataset_id = $1 ORDER BY created_at DESC LIMIT 1',
    [id],
  );
  if (!borrowed) throw notFound('dataset', id);
  throw new DomainError(
    'not-found',
    `Dataset "${borrowed.name}" of ${borrowed.lentBy} is deleted, or no longer shared with your team. Ask them, or choose another.`,
  );
}
