import { describe, expect, test } from '@jest/globals';
import { Report } from '@quarry/contracts';
import { buildReport, failedReport } from './build-report.js';
import { sampleRun, withRun } from './sample-run.js';

const rising = Array.from({ length: 3000 }, (_, i) => 100 + i);

describe('a report', () => {
  test('is what the contract says, also after a trip through JSON', () => {
    const run = sampleRun(rising, [5, -2, Infinity]);
    const { result } = run.study.run;
    const report = buildReport({
      ...withRun(run, {
        benchmark: 'buy-and-hold',
        result: { ...result, trades: { ...result.trades, pnl: Float64Array.of(5, -2, 1) } },
      }),
      metrics: [{ id: 'sharpe', label: 'Sharpe', value: NaN, unit: 'ratio', group: 'ratio', basis: 'none' }],
    });
    expect(Report.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  test('shows ten thousand trades at most and counts them all', () => {
    const report = buildReport(sampleRun(rising, new Array<number>(12_000).fill(1)));
    expect([report.tradeCount, report.trades.length, report.warnings.at(-1)]).toEqual([
      12_000,
      10_000,
      'Only the first 10000 of 12000 trades stand here; trades.parquet has all.',
    ]);
  });

  test('shows the ten deepest drawdowns, deepest first', () => {
    const falls = Array.from({ length: 15 }, (_, i) => [100, 99 - i]).flat();
    const report = buildReport(sampleRun([...falls, 100]));
    expect(report.drawdowns.map(({ depth }) => Number(depth.toFixed(9)))).toEqual([
      0.15, 0.14, 0.13, 0.12, 0.11, 0.1, 0.09, 0.08, 0.07, 0.06,
    ]);
  });

  test('written before pictures of rolling figures and excursions were, is still read', () => {
    const { rolling, distribution, matching, ...older } = buildReport(sampleRun(rising, [5, -2]));
    const { exposure, ...curve } = older.curve;
    const trades = older.trades.map(({ adverse, favourable, ...trade }) => trade);
    const read = Report.parse({ ...older, curve, trades });
    expect([rolling, distribution, exposure].every((part) => part !== undefined)).toBe(true);
    expect([read.rolling, read.distribution, read.matching, read.curve.exposure, read.trades[0]?.adverse]).toEqual(
      new Array(5).fill(matching),
    );
  });

  test('of a failed run has the failure, the log and no figures', () => {
    const failure = { code: 'threw' as const, message: 'x is not a function', position: null, diagnostics: [] };
    const { strategyName, manifest, manifestHash, environment } = sampleRun(rising);
    const report = failedReport({ strategyName, failure, manifest, manifestHash, log: [], logCut: false, environment });
    expect(Report.parse(report)).toMatchObject({ failure, orderListHash: null, metrics: [], bars: null });
  });
});
