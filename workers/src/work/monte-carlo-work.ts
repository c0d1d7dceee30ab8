import type { MonteCarloReport, Run } from '@quarry/contracts';
import type { ArtifactStore } from '@quarry/platform/artifacts';
import type { Runner } from '@quarry/runner';
import type { Work } from './attempt.js';
import type { DatasetFolders } from './dataset-folders.js';
import { factsOf } from './facts.js';
import { inSlices } from './in-slices.js';
import { runInputs } from './run-inputs.js';
import { shelved } from './shelved.js';

/** What else might have come of a strategy; in slices where it is run anew on every path. */
export function monteCarloWork(runner: Runner, store: ArtifactStore, folders: DatasetFolders): Work<'monte-carlo'> {
  return async (attempt, work) => {
    const inputs = await runInputs(attempt, work, folders);
    if ('code' in inputs) return { failure: inputs, artifacts: [] };

    const { source, strategyName, dataset } = inputs;
    const run = { source, strategyName, dataset, options: work.options };
    const { simulation: options, constraints, slices } = work;
    return inSlices(attempt, {
      ...{ store, wanted: slices, code: runner.partsHash },
      inParts: await runner.monteCarloInParts({ run, options, constraints, lanes: 1 }),
      ended: async (outcome) => ({
        failure: null,
        artifacts: await shelved(outcome, attempt),
        facts: factsOf(headlineOf(outcome.report)),
      }),
    });
  };
}

/** Medians over the paths; null for the levels of a stress, which have none. */
function headlineOf({ paths, runs, options }: MonteCarloReport): Run['headline'] {
  const told = runs?.figures.filter(({ id }) => id === 'totalReturn' || id === 'sharpe' || id === 'maxDrawdown') ?? [];
  const medians = [
    ...told.map(({ id, spread }) => [id, spread.quantiles[2]] as const),
    ['maxDrawdown', paths?.maxDrawdown?.quantiles[2]] as const,
    ['terminal', paths?.terminal?.quantiles[2]] as const,
  ].flatMap(([id, median]) => (median === undefined ? [] : [[id, median] as const]));
  return medians.length === 0 ? null : { ...Object.fromEntries(medians), paths: options.paths };
}
