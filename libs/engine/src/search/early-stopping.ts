import { compareTrials, type Direction, type Trial } from './objective.js';

export interface StoppingRule {
  readonly direction: Direction;
  /** Trials of a generation. */
  readonly size: number;
  /** Generations without a better best after which a search ends. */
  readonly patience: number;
  /** How much better counts as better, in units of the metric. */
  readonly leastGain: number;
}

/**
 * Does a search end before this generation? Looks at earlier generations alone, so all lanes stop at the same trial.
 *
 * @param generation from 0
 */
export function stopsBefore(generation: number, trials: readonly Trial[], rule: StoppingRule): boolean {
  const { direction, size, patience, leastGain } = rule;
  if (generation <= patience) return false;
  const bestBefore = (count: number): number =>
    trials.filter(({ index }) => index < count * size).sort(compareTrials(direction))[0]?.value ?? NaN;
  const then = bestBefore(generation - patience);
  const now = bestBefore(generation);
  const gain = direction === 'maximise' ? now - then : then - now;
  // Not defined then, defined now: that is a gain.
  return !(gain >= leastGain && gain > 0) && !(Number.isNaN(then) && !Number.isNaN(now));
}
