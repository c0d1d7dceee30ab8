import type { ArtifactStore } from '@quarry/platform/artifacts';
import type { Runner } from '@quarry/runner';
import type { Work } from './attempt.js';
import type { DatasetFolders } from './dataset-folders.js';
import { factsOf } from './facts.js';
import { inSlices } from './in-slices.js';
import { runInputs } from './run-inputs.js';

/** Holds a strategy's decisions against data whose future it cannot know; in slices of checks. */
export function proveWork(runner: Runner, store: ArtifactStore, folders: DatasetFolders): Work<'prove'> {
  return async (attempt, work) => {
    const inputs = await runInputs(attempt, work, folders);
    if ('code' in inputs) return { failure: inputs, artifacts: [] };

    const { source, dataset } = inputs;
    const { options, cuts, slices } = work;
    const job = { source, dataset, options, cuts, seed: options.settings.seed, vintage: null, lanes: 1 };
    return inSlices(attempt, {
      ...{ inParts: await runner.proveInParts(job), store, wanted: slices, code: runner.partsHash },
      ended: async (report) => {
        const artifact = await attempt.shelf.putText('report.json', JSON.stringify(report), 'application/json');
        const headline = { findings: report.findings.length, decisions: report.decisions };
        return { failure: report.failure, artifacts: [artifact], facts: factsOf(headline) };
      },
    });
  };
}
