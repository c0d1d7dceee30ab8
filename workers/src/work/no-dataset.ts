import type { Failure } from '@quarry/contracts';
import type { DatasetVersionEntity } from '@quarry/platform/database';

export function noDataset(id: string): Failure {
  return failure(`Dataset ${id} has no such version any more. Choose a dataset that is ready.`);
}

/** Of a version that was deleted, as where a run is tried again long after. */
export function versionGone({ info, hash }: DatasetVersionEntity): Failure {
  return failure(
    `Version ${hash.slice(0, 12)} of dataset "${info.name}" was deleted, and its bars are gone. Start a new run, over a version that is there.`,
  );
}

function failure(message: string): Failure {
  return { code: 'no-such-dataset', message, position: null, diagnostics: [] };
}
