import { currentVersion, type TeamScope } from '@quarry/platform/database';
import { DomainError } from '../http/domain-error.js';
import { datasetOf } from './dataset-view.js';

/** The version that a new run reads. It is held until the run is written: nobody deletes it before. */
export async function readyVersion(scope: TeamScope, datasetId: string): Promise<string> {
  const { name, ingestRunId } = await datasetOf(scope, datasetId);
  const hash = await currentVersion(scope, datasetId);
  if (hash !== null) return hash;
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
