import { describe, expect, test } from '@jest/globals';
import { Report } from '@quarry/contracts';
import { buildReport, failedReport } from './build-report.js';
import { sampleRun } from './sample-run.js';

const rising = Array.from({ length: 3000 }, (_, i) => 100 + i);

describe('a report', () => {
  test('is what the contract says, also after a trip through JSON', () => {
    const run = sampleRun(rising, [5, -2, Infinity]);
    const report = buildReport({
      ...run,
      metrics: [{ id: 'sharpe', label: 'Sharpe', value: NaN, unit: 'ratio', group: 'ratio', basis: 'none' }],
      result: { ...run.result, trades: { ...run.result.trades, pnl: Float64Array.of(5, -2, 1) } },
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
    const drawdowns = Array.from({ length: 15 }, (_, i) => ({
      depth: (i + 1) / 100,
      peakTime: i,
      troughTime: i,
      recoveryTime: null,
    }));
    const report = buildReport({ ...sampleRun(rising), drawdowns });
    expect(report.drawdowns.map(({ depth }) => depth)).toEqual([
      0.15, 0.14, 0.13, 0.12, 0.11, 0.1, 0.09, 0.08, 0.07, 0.06,
    ]);
  });

  test('of a failed run has the failure, the log and no figures', () => {
    const failure = { code: 'threw' as const, message: 'x is not a function', position: null, diagnostics: [] };
    const { strategyName, manifest, manifestHash, environment } = sampleRun(rising);
    const report = failedReport({ strategyName, failure, manifest, manifestHash, log: [], logCut: false, environment });
    expect(Report.parse(report)).toMatchObject({ failure, orderListHash: null, metrics: [], bars: null });
  });
});
