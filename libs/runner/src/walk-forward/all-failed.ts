import { paramsText, type Failure } from '@quarry/contracts';
import type { SearchedTrial } from '../search/run-search.js';

/** Where no trial of a search came to an end: how the first did not, with its place. Null where one did, or none was run. */
export function allFailed(trials: readonly SearchedTrial[]): Failure | null {
  const failures = trials.flatMap(({ result }) => ('failure' in result ? [result.failure] : []));
  const [first] = failures;
  if (!first || failures.length < trials.length) return null;
  const which = paramsText(trials[0]!.params);
  return { ...first, message: `All ${trials.length} trials failed, the first with ${which}: ${first.message}` };
}
