import type { Failure } from '@quarry/contracts';
import { DatasetVersionEntity, RunEntity } from '@quarry/platform/database';
import type { LocalDataset } from '@quarry/runner';
import type { Attempt } from './attempt.js';
import type { DatasetFolders } from './dataset-folders.js';

/** The dataset version that a run names, fetched; a failure where it is gone, or where the team that shared it does so no more. */
export async function runDataset(
  { claim, database }: Pick<Attempt, 'claim' | 'database'>,
  datasetId: string,
  folders: DatasetFolders,
): Promise<LocalDataset | Failure> {
  const { version, borrowed } = await database.inTeam(claim.teamId, async (scope) => ({
    version: await scope.repository(DatasetVersionEntity).findOneBy({ datasetId, hash: claim.datasetVersion ?? '' }),
    borrowed: (await scope.repository(RunEntity).findOneByOrFail({ id: claim.runId })).borrowed,
  }));
  if (!version && borrowed) {
    return failure(
      `Dataset "${borrowed.name}" is no longer shared with your team by ${borrowed.lentBy}. Ask them for it, or choose another dataset.`,
    );
  }
  if (!version) return failure(`Dataset ${datasetId} has no such version any more. Choose a dataset that is ready.`);
  const dataset = await folders.folderOf(version);
  if (dataset) return dataset;
  return failure(
    `Version ${version.hash.slice(0, 12)} of dataset "${version.info.name}" was deleted, and its bars are gone. Start a new run, over a version that is there.`,
  );
}

function failure(message: string): Failure {
  return { code: 'no-such-dataset', message, position: null, diagnostics: [] };
}
