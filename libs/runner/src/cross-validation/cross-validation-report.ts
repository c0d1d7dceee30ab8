import { toJsonNumber, type CrossValidationReport, type ReturnFigures } from '@quarry/contracts';
import { parameterStability, ranked, soloMetrics, stitchedEquity, type ParameterSpace } from '@quarry/engine/host';
import { spreadOf } from '../monte-carlo/spread.js';
import { jsonDegradation } from '../search/json-degradation.js';
import type { SearchedTrial } from '../search/run-search.js';
import { crossValidationWarnings } from './cross-validation-warnings.js';
import type { JudgedSplits } from './judge-splits.js';

type Parts = Pick<
  CrossValidationReport,
  'strategyName' | 'base' | 'fixed' | 'search' | 'plan' | 'ledger' | 'environment'
>;

export interface Validated {
  readonly space: ParameterSpace;
  readonly trials: readonly SearchedTrial[];
  /** Those that came to an end, which the splits chose among. */
  readonly ended: readonly SearchedTrial[];
  readonly judged: JudgedSplits;
  readonly objective: keyof ReturnFigures;
  readonly basis: string;
  /** At which each return ends. */
  readonly times: Float64Array;
}

/** Numbers in the curves of all paths together, and in one of them. */
const mostNumbers = 60_000;
const mostPoints = 1_000;

/** A cross-validation as its report says it. */
export function crossValidationReport(
  parts: Parts,
  { space, trials, ended, judged, objective, basis, times }: Validated,
): CrossValidationReport {
  const { direction } = parts.search;
  const chosen = judged.splits.flatMap(({ trial }) => (trial === null ? [] : [ended[trial]!.params]));
  const stability = chosen.length > 1 ? parameterStability(space, chosen) : {};
  const pairs = judged.splits.filter(
    ({ inSample, outOfSample }) => Number.isFinite(inSample) && Number.isFinite(outOfSample),
  );
  const best = ranked(trials, direction).find(({ value }) => !Number.isNaN(value));
  const report: Omit<CrossValidationReport, 'warnings'> = {
    schema: 'quarry.cross-validation/1',
    ...parts,
    objective: { id: objective, label: soloMetrics.get(objective) ?? objective, basis },
    trials: trials.length,
    failed: trials.length - ended.length,
    groups: groupsOf(parts.plan.groups, times),
    splits: judged.splits.map(({ tests, training, trial, inSample, outOfSample }) => ({
      tests: [...tests],
      training,
      params: trial === null ? null : { ...ended[trial]!.params },
      inSample: toJsonNumber(inSample),
      outOfSample: toJsonNumber(outOfSample),
    })),
    paths: judged.paths.map(({ splits, figures, probabilistic }) => ({
      ...{ splits: [...splits], figures, probabilistic: toJsonNumber(probabilistic) },
    })),
    curves: curvesOf(judged.paths, times),
    distribution: distributionOf(judged.paths.map(({ figures }) => Number(figures[objective]))),
    whole: best ? { params: { ...best.params }, value: toJsonNumber(best.value) } : null,
    degradation: jsonDegradation(pairs, direction),
    stability: Object.fromEntries(Object.entries(stability).map(([name, value]) => [name, toJsonNumber(value)])),
  };
  return { ...report, warnings: crossValidationWarnings(report, space) };
}

function groupsOf(count: number, times: Float64Array): CrossValidationReport['groups'] {
  return Array.from({ length: count }, (_, g) => {
    const from = Math.floor((g * times.length) / count);
    const to = Math.floor(((g + 1) * times.length) / count);
    return { from: times[from]!, to: times[to - 1]!, returns: to - from };
  });
}

function curvesOf(paths: JudgedSplits['paths'], times: Float64Array): CrossValidationReport['curves'] {
  const points = Math.min(mostPoints, Math.floor(mostNumbers / paths.length));
  const stride = Math.ceil(times.length / points);
  const kept = Array.from(times.keys()).filter((i) => i % stride === 0 || i === times.length - 1);
  return {
    time: kept.map((i) => times[i]!),
    equity: paths.map(({ returns }) => {
      const equity = stitchedEquity([returns]);
      return kept.map((i) => equity[i + 1]!);
    }),
  };
}

function distributionOf(values: readonly number[]): CrossValidationReport['distribution'] {
  const defined = values.filter(Number.isFinite).sort((a, b) => a - b);
  const { mean, deviation, quantiles } = spreadOf(defined);
  return {
    mean: toJsonNumber(mean),
    deviation: toJsonNumber(deviation),
    least: toJsonNumber(defined[0] ?? NaN),
    median: toJsonNumber(quantiles[2]!),
    most: toJsonNumber(defined.at(-1) ?? NaN),
    atOrBelowZero: toJsonNumber(defined.filter((value) => value <= 0).length / defined.length),
  };
}
