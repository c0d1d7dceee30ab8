import type { Runner } from '@quarry/runner';
import type { Work } from './attempt.js';
import type { DatasetFolders } from './dataset-folders.js';
import { factsOf } from './facts.js';
import { runInputs } from './run-inputs.js';

/** Holds a strategy's decisions against data whose future it cannot know; one slice. */
export function proveWork(runner: Runner, folders: DatasetFolders): Work<'prove'> {
  return async (attempt, work) => {
    const inputs = await runInputs(attempt, work, folders);
    if ('code' in inputs) return { failure: inputs, artifacts: [] };

    const { source, dataset } = inputs;
    const { options, cuts } = work;
    const job = { source, dataset, options, cuts, seed: options.settings.seed, vintage: null };
    const report = await runner.prove(job, attempt.hooks);
    const artifact = await attempt.shelf.putText('report.json', JSON.stringify(report), 'application/json');
    const headline = { findings: report.findings.length, decisions: report.decisions };
    return { failure: report.failure, artifacts: [artifact], facts: factsOf(headline) };
  };
}
