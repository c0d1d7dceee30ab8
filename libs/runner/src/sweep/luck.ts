import type { SearchLuck } from '@quarry/contracts';
import { toJsonNumber } from '@quarry/contracts';
import {
  deflatedSharpe,
  effectiveTrials,
  expectedMaxSharpe,
  minimumBacktestYears,
  overfitting,
  probabilisticSharpe,
  runWhole,
  stationaryBlockLength,
  summariseFamily,
  superiorAbility,
  type LedgerEntry,
} from '@quarry/engine/host';
import { figureIntervals } from '../search/figure-intervals.js';
import type { SearchedTrial } from '../search/run-search.js';
import type { TrialFigures } from '../replay/trial-replay.js';

/** Trials whose returns are held against each other: more would take longer than the search. */
export const mostCompared = 400;
const blocks = 16;
const resamples = 1_000;
const fewestRows = 30;
const mostResampledRows = 6_000;

export interface LuckJob {
  readonly family: string;
  readonly trials: readonly SearchedTrial[];
  readonly best: SearchedTrial;
  /** Every entry of the family, those of these trials included. Sharpe ratios are annual. */
  readonly ledger: readonly LedgerEntry[];
  /** Names the data of this search, as its entries do. */
  readonly data: string;
  /** What names each of the trials in the ledger. */
  readonly hashes: readonly string[];
  readonly seed: number;
}

/**
 * How much of the best result luck explains: deflated by every trial of its family that was ever run, not only by those
 * of this search. Null where the best has no Sharpe ratio.
 */
export function luckOf({ family, trials, best, ledger, data, hashes, seed }: LuckJob): SearchLuck | null {
  const { sample } = best;
  const figures = figuresOf(best);
  if (!figures || !sample || Number.isNaN(sample.sharpe)) return null;
  const { perYear } = figures;
  const year = Math.sqrt(perYear);

  const compared = comparable(trials, sample.observations);
  const returns = compared.map((trial) => figuresOf(trial)!.returns);
  const clusters = returns.length > 1 ? effectiveTrials(returns).clusters : new Int32Array(returns.length);
  const clusterOf = clusterByHash(trials, compared, clusters, hashes);
  // Slices that end in another order write their trials down in another: no rounding may hang on it.
  const entries = ledger.toSorted(byHash);
  const summary = summariseFamily({ entries }, family, ({ paramsHash }) => clusterOf.get(paramsHash));
  // Ratios spread the wider the shorter the data: those on the same data are held against each other, all are counted.
  const alike = entries.filter((entry) => entry.dataHash === data);
  const deviation = summariseFamily({ entries: alike }, family).sharpeDeviation / year;
  const years = sample.observations / perYear;
  return {
    family,
    trials: summary.trials,
    effectiveTrials: summary.effectiveTrials,
    sharpe: toJsonNumber(sample.sharpe * year),
    expectedMaxSharpe: toJsonNumber(expectedMaxSharpe(summary.trials, deviation) * year),
    probabilistic: toJsonNumber(probabilisticSharpe(sample)),
    deflated: toJsonNumber(deflatedSharpe(sample, summary.trials, deviation)),
    deflatedByEffective: toJsonNumber(deflatedSharpe(sample, summary.effectiveTrials, deviation)),
    minimumYears: toJsonNumber(sample.sharpe > 0 ? minimumBacktestYears(summary.trials, sample.sharpe * year) : NaN),
    years: toJsonNumber(years),
    compared: returns.length,
    overfitting: overfittingOf(returns),
    superiority: superiorityOf(returns, seed),
    intervals: figureIntervals(figures.returns, perYear, seed),
  };
}

function byHash(a: LedgerEntry, b: LedgerEntry): number {
  return order(a.dataHash, b.dataHash) || order(a.paramsHash, b.paramsHash);
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

export function figuresOf({ result }: Pick<SearchedTrial, 'result'>): TrialFigures | null {
  return 'failure' in result ? null : result;
}

/** Evenly spread ones of the trials that vary at all, over the same periods. */
function comparable(trials: readonly SearchedTrial[], length: number): SearchedTrial[] {
  const varying = trials.filter((trial) => {
    const returns = figuresOf(trial)?.returns;
    return returns?.length === length && returns.some((r) => r !== returns[0]);
  });
  const stride = Math.ceil(varying.length / mostCompared);
  return varying.filter((_, i) => i % stride === 0);
}

/** A trial that was not compared is taken to be of the cluster of the compared one before it. */
function clusterByHash(
  trials: readonly SearchedTrial[],
  compared: readonly SearchedTrial[],
  clusters: Int32Array,
  hashes: readonly string[],
): Map<string, number> {
  const found = new Map<string, number>();
  let at = 0;
  for (const [i, trial] of trials.entries()) {
    if (!figuresOf(trial) || compared.length === 0) continue;
    while (at + 1 < compared.length && compared[at + 1]!.index <= trial.index) at++;
    found.set(hashes[i]!, clusters[at]!);
  }
  return found;
}

function overfittingOf(returns: readonly Float64Array[]): SearchLuck['overfitting'] {
  if (returns.length < 2 || returns[0]!.length < 2 * blocks) return null;
  const { probability, probabilityOfLoss, degradation } = overfitting(returns, blocks);
  return { probability, probabilityOfLoss, slope: toJsonNumber(degradation.slope), blocks };
}

function superiorityOf(returns: readonly Float64Array[], seed: number): SearchLuck['superiority'] {
  const [first] = returns;
  if (!first || first.length < fewestRows || first.length > mostResampledRows) return null;
  const blockLength = returns.reduce((sum, one) => sum + stationaryBlockLength(one), 0) / returns.length;
  const { realityCheck, spa } = runWhole(superiorAbility({ excess: returns, blockLength, resamples, seed }));
  return { realityCheck, spa: spa.consistent, resamples };
}
