import { join } from 'node:path';
import { DatasetVersionEntity } from '@quarry/platform/database';
import type { Runner } from '@quarry/runner';
import type { Work } from './attempt.js';
import type { DatasetFolders } from './dataset-folders.js';
import { factsOf } from './facts.js';
import { noDataset, versionGone } from './no-dataset.js';

/** Runs a user's SELECT over a dataset version, and shelves the answer as an Arrow stream. */
export function queryWork(runner: Runner, folders: DatasetFolders): Work<'query'> {
  return async ({ claim, database, shelf, directory, hooks }, { datasetId, sql, rows }) => {
    const version = await database.inTeam(claim.teamId, (scope) =>
      scope.repository(DatasetVersionEntity).findOneBy({ datasetId, hash: claim.datasetVersion ?? '' }),
    );
    if (!version) return { failure: noDataset(datasetId), artifacts: [] };

    const dataset = await folders.folderOf(version);
    if (!dataset) return { failure: versionGone(version), artifacts: [] };
    const path = join(directory, 'answer.arrow');
    const answer = await runner.query({ dataset, sql, rows, into: path }, hooks);
    if ('code' in answer) return { failure: answer, artifacts: [] };
    const shelved = await shelf.putFile({
      name: 'answer.arrow',
      path,
      contentType: 'application/vnd.apache.arrow.stream',
    });
    return {
      failure: null,
      artifacts: [shelved],
      facts: factsOf({ rows: answer.rows, columns: answer.columns, cut: answer.cut ? 'yes' : 'no' }),
    };
  };
}
