import type { SearchedTrial } from '../search/run-search.js';

/** Trials without repetitions, each the first of its parameters. */
export function distinctTrials(trials: readonly SearchedTrial[]): SearchedTrial[] {
  const distinct = [...new Map([...trials].reverse().map((trial) => [JSON.stringify(trial.params), trial])).values()];
  return distinct.sort((a, b) => a.index - b.index);
}
