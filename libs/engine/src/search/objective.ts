import type { Params } from './space.js';

/** A parameter set that was tried, and the metric that it reached. NaN: not defined. */
export interface Trial {
  readonly index: number;
  readonly params: Params;
  readonly value: number;
}

export type Direction = 'maximise' | 'minimise';

/** Below 0 where `a` comes before `b`: the better first, NaN last, the earlier trial of two that are equal. */
export function compareTrials(direction: Direction): (a: Trial, b: Trial) => number {
  const sign = direction === 'maximise' ? -1 : 1;
  return (a, b) => {
    const missing = Number(Number.isNaN(a.value)) - Number(Number.isNaN(b.value));
    if (missing !== 0) return missing;
    if (a.value === b.value || Number.isNaN(a.value)) return a.index - b.index;
    return a.value < b.value ? -sign : sign;
  };
}

/** The trials, best first. */
export function ranked(trials: readonly Trial[], direction: Direction): Trial[] {
  return [...trials].sort(compareTrials(direction));
}
