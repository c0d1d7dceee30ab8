import { join } from 'node:path';
import type { Runner } from '@quarry/runner';
import type { Work } from './attempt.js';
import type { DatasetFolders } from './dataset-folders.js';
import { factsOf } from './facts.js';
import { runDataset } from './run-dataset.js';

/** Runs a user's SELECT over a dataset version, and shelves the answer as an Arrow stream. */
export function queryWork(runner: Runner, folders: DatasetFolders): Work<'query'> {
  return async (attempt, { datasetId, sql, rows }) => {
    const { shelf, directory, hooks } = attempt;
    const dataset = await runDataset(attempt, datasetId, folders);
    if ('code' in dataset) return { failure: dataset, artifacts: [] };

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
