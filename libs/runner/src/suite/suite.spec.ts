import { describe, expect, test } from '@jest/globals';
import type { ProofReport, Report } from '@quarry/contracts';
import { soundReport, trade } from '../critic/sound-report.js';
import { expectationFaults, proofFaults } from './expectation-faults.js';
import { recordedFaults, recordedRun } from './recorded-run.js';
import { suiteBars } from './suite-bars.js';

const failed: Report = {
  ...soundReport,
  failure: { code: 'threw', message: 'no', position: null, diagnostics: [] },
};

describe('what a test expects', () => {
  test('holds without a word', () => {
    const expected = {
      metrics: { sharpe: { above: 1, atMost: 1.4 }, winRate: { atLeast: 0.66, below: 0.67 } },
      ...{
        trades: 100,
        filled: { atLeast: 1 },
        rejected: 0,
        sides: ['long' as const, 'short' as const],
        free: ['ruin'],
      },
    };
    expect(expectationFaults(expected, soundReport)).toEqual([]);
  });

  test('is told with what it is instead', () => {
    const expected = {
      metrics: { sharpe: { above: 2, below: 1 }, sharp: 1 },
      ...{ trades: 3, rejected: { atLeast: 1 }, sides: ['short' as const] },
    };
    expect(expectationFaults(expected, soundReport)).toEqual([
      'trades must be 3, and is 100',
      'rejected orders must be at least 1, and is 0',
      'sharpe must be above 2.000, and is 1.400',
      'sharpe must be below 1.000, and is 1.400',
      expect.stringContaining('there is no figure "sharp"; there are totalReturn, sharpe'),
      'trade 1 must be short, and is long',
    ]);
  });

  test('is a failure where that is what must come, and nothing else then', () => {
    expect(expectationFaults({ fails: 'threw', trades: 3 }, failed)).toEqual([]);
    expect(expectationFaults({ fails: 'threw' }, soundReport)).toEqual(['it must fail with threw, and did not fail']);
    expect(expectationFaults({ trades: 3 }, failed)).toEqual(['it failed (threw): no']);
  });

  test('is no bound on a figure that is not defined', () => {
    const metrics = soundReport.metrics.map((one) => (one.id === 'sharpe' ? { ...one, value: 'NaN' as const } : one));
    expect(expectationFaults({ metrics: { sharpe: { atLeast: 0 } } }, { ...soundReport, metrics })).toEqual([
      'sharpe must be at least 0.000, and is –',
    ]);
  });

  test('of a proof is that it finds nothing', () => {
    const finding = {
      ...{ method: 'noise' as const, message: 'it looks ahead', cut: null, before: null, after: null },
      position: { file: 's.ts', line: 7, column: 1 },
    };
    expect(proofFaults({ failure: null, findings: [finding] } as unknown as ProofReport)).toEqual([
      'look-ahead at s.ts:7: it looks ahead',
    ]);
  });
});

describe('a recorded run', () => {
  test('is held by the run that it was recorded of', () => {
    expect(recordedFaults(recordedRun(soundReport), soundReport)).toEqual([]);
  });

  test('is told apart by the first trade and each figure', () => {
    const now = {
      ...soundReport,
      tradeCount: 101,
      trades: soundReport.trades.with(2, trade(2, { exitPrice: 99 })),
      metrics: soundReport.metrics.map((one) => (one.id === 'sharpe' ? { ...one, value: 1.4000001 } : one)),
    };
    expect(recordedFaults(recordedRun(soundReport), now)).toEqual([
      'trades: recorded 100, now 101',
      'trade 3:\n  - 10 ABC from 100 at bar 80 to 101 at bar 90\n  + 10 ABC from 100 at bar 80 to 99 at bar 90',
      'sharpe: recorded 1.4, now 1.4000001',
    ]);
  });

  test('has another list of orders even where its trades and figures are the same', () => {
    const now = { ...soundReport, orderListHash: 'c'.repeat(64) };
    expect(recordedFaults(recordedRun(soundReport), now)[0]).toContain('the list is another');
  });

  test('is asked for where nothing is recorded yet', () => {
    expect(recordedFaults(null, soundReport)[0]).toContain('--update');
  });
});

describe('made-up bars', () => {
  test('are the same for the same seed, and others for another', () => {
    const closes = (seed: number) => [...suiteBars({ walk: { bars: 50, seed } })!.close];
    expect(closes(1)).toEqual(closes(1));
    expect(closes(1)).not.toEqual(closes(2));
  });

  test('stay within their extremes, and follow their interval', () => {
    const { open, high, low, close, time } = suiteBars({ walk: { bars: 300, seed: 3, interval: '15m' } })!;
    expect(
      close.every((price, i) => high[i]! >= Math.max(price, open[i]!) && low[i]! <= Math.min(price, open[i]!)),
    ).toBe(true);
    expect(time[1]! - time[0]!).toBe(15 * 60e6);
  });

  test('by hand open at the close before', () => {
    const { open, close } = suiteBars({ closes: [10, 12, 11] })!;
    expect([[...open], [...close]]).toEqual([
      [10, 10, 12],
      [10, 12, 11],
    ]);
  });

  test('are none where a dataset is named', () => {
    expect(suiteBars('sp500')).toBeNull();
  });
});
