import type { RunFigures } from '@quarry/contracts';
import { toJsonNumber } from '@quarry/contracts';
import { bandShares, soloMetrics } from '@quarry/engine/host';
import type { TrialFigures } from '../replay/trial-replay.js';
import type { TrialResult } from '../trials/trial.js';
import { jsonSpread } from './path-figures.js';
import { spreadOf } from './spread.js';

/** What is told of a strategy that is run again and again. */
export const toldOfRuns = ['sharpe', 'totalReturn', 'maxDrawdown', 'volatility', 'trades'] as const;
const mostSteps = 256;

/** How the figures of many runs spread around those of the original. */
export function runFigures(original: TrialFigures, results: readonly TrialResult[]): RunFigures {
  const runs = results.filter((result): result is TrialFigures => !('failure' in result));
  const figures = toldOfRuns.map((id) => {
    const values = runs.map(({ metrics }) => metrics[id] ?? NaN);
    const known = original.metrics[id] ?? NaN;
    const defined = values.filter(Number.isFinite);
    return {
      ...{ id, label: soloMetrics.get(id) ?? id, original: toJsonNumber(known) },
      worse: defined.filter((value) => value < known).length / Math.max(1, defined.length),
      spread: jsonSpread(spreadOf(values)),
    };
  });
  const bands = bandsOf(runs);
  return { failed: results.length - runs.length, figures, ...(bands && { bands }) };
}

/** Levels of the account at evenly spread samples, the start being 1. */
function bandsOf(runs: readonly TrialFigures[]): RunFigures['bands'] {
  const length = Math.min(...runs.map(({ returns }) => returns.length));
  if (runs.length === 0 || length < 2) return undefined;
  const steps = evenSteps(length, mostSteps);
  const levels = runs.map(({ returns }) => levelsOf(returns, length));
  const rows = steps.map((step) => spreadOf(levels.map((path) => path[step]!)).quantiles);
  return { steps, levels: bandShares.map((_, b) => rows.map((row) => row[b]!)) };
}

/** At most so many of the samples 1 to `length`, evenly spread, the last among them. */
export function evenSteps(length: number, most: number): number[] {
  const count = Math.min(most, length);
  return Array.from({ length: count }, (_, i) => Math.ceil(((i + 1) * length) / count));
}

/** The account after 0, 1, … `length` returns, the start being 1. */
export function levelsOf(returns: Float64Array, length: number): Float64Array {
  const path = new Float64Array(length + 1).fill(1);
  for (let t = 0; t < length; t++) path[t + 1] = path[t]! * (1 + returns[t]!);
  return path;
}
