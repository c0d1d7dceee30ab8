import { meanOf } from '../metrics/sum.js';
import { ascending } from '../metrics/selection.js';
import { maySpeakOf, type PathMethod, type PathStatistic, type SpeaksOf } from './methods.js';
import type { PathModel } from './path-model.js';
import type { PathPart } from './path-work.js';
import { RankedValues } from './ranked-values.js';
import { joinColumns } from './slices.js';

/** The shares of paths whose quantiles are told: that of rank ⌊share × (paths - 1)⌋, no interpolation. */
export const bandShares = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** How a figure spreads over paths: mean, sample deviation (ddof 1), and the quantiles of `bandShares`. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number;
  readonly quantiles: Float64Array;
}

/** All that a Monte Carlo over paths can say. Levels are multiples of the start. */
export interface PathStatistics {
  readonly bands: {
    /** From 1: after how many steps. */
    readonly steps: Int32Array;
    /** By share, the level at each of those steps. */
    readonly levels: readonly Float64Array[];
  };
  readonly terminal: Spread & {
    /** The 5 % quantile of the total return, a loss being negative. */
    readonly valueAtRisk: number;
    /** The mean of the lowest 5 % of total returns, at least one of them. */
    readonly expectedShortfall: number;
  };
  /** Fractions of the peak. */
  readonly maxDrawdown: Spread;
  /** Steps. */
  readonly longestDrawdown: Spread;
  /** Share of paths that were ever at or below the level. */
  readonly ruin: { readonly level: number; readonly probability: number };
  /** Share of paths that were ever at or above the level. */
  readonly goal: { readonly level: number; readonly probability: number };
}

/** What a method may say, out of what was asked for. */
export type PathDistribution<M extends PathMethod> = {
  readonly method: M;
  readonly paths: number;
} & { readonly [S in SpeaksOf<M> & PathStatistic]: PathStatistics[S] | null };

interface Kept {
  readonly parts: readonly PathPart[];
  readonly paths: number;
  readonly recorded: Int32Array;
  readonly ruin: number;
  readonly goal: number;
}

/** Statistics that were not asked for are null; those that the method may not speak of are not there. */
export function summarisePaths<M extends PathMethod>(model: PathModel<M>, kept: Kept): PathDistribution<M> {
  const { parts, paths, recorded, ruin, goal } = kept;
  const levelOf = model.scale === 'log' ? Math.exp : (level: number) => level;
  const isWalked = parts[0]!.maxDrawdown.length > 0;
  const column = (name: 'terminal' | 'maxDrawdown' | 'longestDrawdown' | 'lowest' | 'highest'): Float64Array =>
    joinColumns(parts, paths, (part) => part[name]);
  const share = (values: Float64Array, holds: (level: number) => boolean): number =>
    values.reduce((count, value) => count + Number(holds(levelOf(value))), 0) / paths;

  const makers: { readonly [S in PathStatistic]: () => PathStatistics[S] | null } = {
    bands: () => (recorded.length > 0 ? bandsOf(kept, levelOf) : null),
    terminal: () => terminalOf(column('terminal').map((level) => levelOf(level))),
    maxDrawdown: () => (isWalked ? spreadOf(column('maxDrawdown')) : null),
    longestDrawdown: () => (isWalked ? spreadOf(column('longestDrawdown')) : null),
    ruin: () => (isWalked ? { level: ruin, probability: share(column('lowest'), (level) => level <= ruin) } : null),
    goal: () => (isWalked ? { level: goal, probability: share(column('highest'), (level) => level >= goal) } : null),
  };
  const told = Object.entries(makers)
    .filter(([statistic]) => maySpeakOf(model.method, statistic as PathStatistic))
    .map(([statistic, make]) => [statistic, make()] as const);
  return { method: model.method, paths, ...Object.fromEntries(told) } as PathDistribution<M>;
}

function ranksOf(count: number): number[] {
  return bandShares.map((share) => Math.floor(share * (count - 1)));
}

function bandsOf({ parts, paths, recorded }: Kept, levelOf: (level: number) => number): PathStatistics['bands'] {
  const ranks = ranksOf(paths);
  const row = new Float64Array(paths);
  const ranked = new RankedValues(paths);
  const levels = bandShares.map(() => new Float64Array(recorded.length));
  for (let r = 0; r < recorded.length; r++) {
    for (const { from, to, levels: of } of parts) row.set(of.subarray(r * (to - from), (r + 1) * (to - from)), from);
    const values = ranked.at(row, ranks);
    for (let b = 0; b < ranks.length; b++) levels[b]![r] = levelOf(values[b]!);
  }
  return { steps: recorded.map((step) => step + 1), levels };
}

function spreadOf(values: Float64Array): Spread {
  const mean = meanOf(values);
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return {
    mean,
    deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : NaN,
    quantiles: Float64Array.from(new RankedValues(values.length).at(values, ranksOf(values.length))),
  };
}

function terminalOf(levels: Float64Array): PathStatistics['terminal'] {
  const spread = spreadOf(levels);
  const lowest = ascending(levels).subarray(0, Math.floor(0.05 * (levels.length - 1)) + 1);
  return { ...spread, valueAtRisk: spread.quantiles[0]! - 1, expectedShortfall: meanOf(lowest) - 1 };
}
