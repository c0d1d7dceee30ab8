import { describe, expect, test } from '@jest/globals';
import { CrossValidationReport, SearchOptions, type CrossValidationPlan, type Failure } from '@quarry/contracts';
import { returnFigure, seededRandom, sharpeSampleOf, stitchedEquity } from '@quarry/engine/host';
import type { SearchedTrial } from '../search/run-search.js';
import { buildReport } from '../report/build-report.js';
import { sampleRun } from '../report/sample-run.js';
import { crossValidationReport } from './cross-validation-report.js';
import { judgeSplits } from './judge-splits.js';

const rows = 400;
const day = 86_400e6;
const times = Float64Array.from({ length: rows }, (_, row) => row * day);
const space = { dimensions: [{ name: 'n', kind: 'int', min: 1, max: 20 }] } as const;

/** Twenty trials without skill, of which one may have an edge; the last one failed. */
function trialsWith(edge: { at: number; mean: number } | null): SearchedTrial[] {
  const random = seededRandom(5);
  const ended = Array.from({ length: 20 }, (_, index): SearchedTrial => {
    const mean = edge?.at === index ? edge.mean : 0;
    const returns = Float64Array.from({ length: rows }, () => mean + 0.02 * (random() - 0.5));
    const result = { metrics: {}, returns, perYear: 252, basis: 'daily closes', detail: null };
    const value = returnFigure('sharpe', returns, 252);
    return { index, params: { n: index + 1 }, result, sample: sharpeSampleOf(returns), value };
  });
  const failure: Failure = { code: 'threw', message: 'no', position: null, diagnostics: [] };
  return [...ended, { index: 20, params: { n: 21 }, result: { failure }, sample: null, value: NaN }];
}

function reportOf(trials: readonly SearchedTrial[], given: Partial<CrossValidationPlan> = {}): CrossValidationReport {
  const plan = { groups: 8, testGroups: 2, purge: 2, embargo: 1, ...given };
  const ended = trials.filter(({ result }) => !('failure' in result));
  const returns = ended.flatMap(({ result }) => ('failure' in result ? [] : [result.returns]));
  const judged = judgeSplits({ returns, plan, objective: 'sharpe', direction: 'maximise', perYear: 252 });
  const { params: _, ...base } = buildReport(sampleRun([100, 101, 102])).manifest!;
  const search = SearchOptions.parse({});
  const environment = { wall: 'full', milliseconds: 1, quarry: '0', lanes: 1 } as const;
  const parts = { strategyName: 'S', base, fixed: {}, search, plan, ledger: { family: 's', trials: 20 }, environment };
  return crossValidationReport(parts, { space, trials, ended, judged, objective: 'sharpe', basis: 'daily', times });
}

describe('the report of a cross-validation', () => {
  const noise = reportOf(trialsWith(null));

  test('is one by its contract, and survives the trip through JSON', () => {
    expect(CrossValidationReport.parse(JSON.parse(JSON.stringify(noise)))).toEqual(noise);
  });

  test('counts groups, splits and paths as theory says, and the trials that failed', () => {
    const { groups, splits, paths, trials, failed } = noise;
    expect([groups.length, splits.length, paths.length, trials, failed]).toEqual([8, 28, 7, 21, 1]);
    expect(groups.reduce((sum, { returns }) => sum + returns, 0)).toBe(rows);
    expect(groups.slice(1).map(({ from }, g) => from - groups[g]!.to)).toEqual(Array(7).fill(day));
  });

  test('spreads the objective over the paths', () => {
    const values = noise.paths.map(({ figures }) => Number(figures.sharpe)).sort((a, b) => a - b);
    const { mean, least, median, most, atOrBelowZero } = noise.distribution;
    expect([least, median, most]).toEqual([values[0], values[3], values[6]]);
    expect(Number(mean)).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / 7, 12);
    expect(atOrBelowZero).toBe(values.filter((value) => value <= 0).length / 7);
  });

  test('ends each curve where its path ends', () => {
    const ends = noise.curves.equity.map((levels) => Number(levels.at(-1)) - 1);
    noise.paths.forEach(({ figures }, at) => expect(ends[at]).toBeCloseTo(Number(figures.totalReturn), 12));
  });

  test('of trials without skill says that what was best in training is not to be believed', () => {
    expect(Number(noise.degradation.inSample)).toBeGreaterThan(1);
    expect(noise.warnings).toContainEqual(expect.stringMatching(/^On \d of 7 paths the Sharpe ratio is not surely/));
    expect(noise.warnings).toContainEqual(
      expect.stringMatching(/^What was best in training earned nothing|^Less than half of the Sharpe ratio/),
    );
    expect(noise.warnings).toContain('1 of 21 trials failed.');
  });

  test('of one edge that is chosen throughout shows its run on every path, and says that they are one', () => {
    const trials = trialsWith({ at: 11, mean: 0.004 });
    const { paths, curves, stability, distribution, degradation, warnings, whole } = reportOf(trials);
    const { result } = trials[11]!;
    const own = stitchedEquity(['failure' in result ? times : result.returns]).at(-1)!;
    expect(curves.equity.map((levels) => levels.at(-1))).toEqual(paths.map(() => own));
    expect([stability, whole?.params, distribution.atOrBelowZero]).toEqual([{ n: 1 }, { n: 12 }, 0]);
    expect(Number(degradation.efficiency)).toBeCloseTo(1, 0);
    expect(warnings).toEqual([
      'The same trial was chosen in all 28 splits, so every path is its one run: that they agree says nothing of chance.',
      '1 of 21 trials failed.',
    ]);
  });

  test('warns of what is chosen at the end of its range, of short groups, and of a purge left out', () => {
    const { warnings } = reportOf(trialsWith({ at: 19, mean: 0.004 }), { groups: 20, testGroups: 1, purge: 0 });
    expect(warnings).toContain('In 20 of 20 splits the best n lies on the end of its range: it may lie beyond.');
    expect(warnings).toContainEqual(expect.stringContaining('A group holds 20 returns; fewer than 30 say little.'));
    expect(warnings).toContainEqual(expect.stringContaining('Nothing is purged'));
  });
});
