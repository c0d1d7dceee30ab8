import { describe, expect, test } from '@jest/globals';
import type { Report } from '@quarry/contracts';
import { checks, criticise } from './critic.js';
import { metric, soundReport, trade } from './sound-report.js';

type Changes = (report: Report) => Partial<Report>;

const figures =
  (values: Readonly<Record<string, number>>): Changes =>
  ({ metrics }) => ({
    metrics: metrics.map((one) => (one.id in values ? metric(one.id, values[one.id]!) : one)),
  });
const trades =
  (count: number, of: (i: number) => Report['trades'][number]): Changes =>
  () => ({ tradeCount: count, trades: Array.from({ length: count }, (_, i) => of(i)) });
const settings =
  (values: Partial<NonNullable<Report['manifest']>['settings']>): Changes =>
  ({ manifest }) => ({ manifest: { ...manifest!, settings: { ...manifest!.settings, ...values } } });
const source =
  (text: string): Changes =>
  ({ strategy }) => ({ strategy: { ...strategy!, source: { entry: 's.ts', files: { 's.ts': text } } } });
const costs =
  (commission: number): Changes =>
  ({ costs: all }) => ({ costs: { ...all!, commission } });
const equity =
  (of: (i: number) => number): Changes =>
  ({ curve }) => ({ curve: { ...curve, equity: curve.equity.map((_, i) => of(i)) } });
const symbols =
  (count: number, changes: Partial<Report['symbols'][number]> = {}): Changes =>
  ({ bars }) => ({
    symbols: Array.from({ length: count }, (_, i) => ({
      ...{
        symbol: `S${i}`,
        bars: 1000,
        missing: 0,
        from: bars!.from,
        to: i === 0 ? bars!.to - 1 : bars!.to,
        delisted: false,
        trades: 1,
        pnl: 1,
      },
      ...changes,
    })),
  });
const all =
  (...changes: Changes[]): Changes =>
  (report) =>
    changes.reduce((found, change) => ({ ...found, ...change({ ...report, ...found }) }), {});

const day = 86_400e6;
const winAt = (at: number) => (i: number) => trade(i, { pnl: i === at ? 100_000 : i % 2 === 0 ? 10 : -9 });
const end = soundReport.bars!.to;

/** For each check, what makes of the sound report one that it finds something in. */
const flaws: Readonly<Record<string, Changes>> = {
  'no-trades': trades(0, trade),
  'few-trades': trades(29, trade),
  'few-days': trades(100, (i) => trade(i, { entryTime: (i % 5) * day })),
  'short-history': ({ bars }) => ({ bars: { ...bars!, to: bars!.from + 200 * day } }),
  'one-trade': trades(100, winAt(7)),
  'few-winners': trades(100, (i) => trade(i, { pnl: i < 5 ? 500 : -20 })),
  'one-year': trades(100, (i) => trade(i, { pnl: i < 15 ? 1000 : 1 })),
  'one-month': trades(100, winAt(50)),
  'one-hour': all(
    ({ bars }) => ({ bars: { ...bars!, interval: '1h' } }),
    trades(100, (i) => trade(i, { entryTime: i * day + (i % 5) * 3600e6, pnl: i % 5 === 0 ? 100 : 1 })),
  ),
  'one-symbol': trades(100, (i) => trade(i, { symbol: `S${i % 4}`, pnl: i % 4 === 0 ? 100 : 1 })),
  'one-half': equity((i) => (i < 100 ? 100_000 + 500 * i : 170_000 - 100 * i)),
  'sharpe-unproved': figures({ sharpe: 0.1 }),
  'sharpe-deflated': figures({ sharpe: 0.6 }),
  'track-record-short': figures({ sharpe: 0.3, smartSharpe: 0.3 }),
  'too-good': figures({ sharpe: 4, smartSharpe: 4 }),
  'always-wins': figures({ winRate: 0.97 }),
  'mean-trade-noise': figures({ sqn: 1 }),
  'correlated-returns': figures({ smartSharpe: 0.7 }),
  'fat-tails': figures({ kurtosis: 15 }),
  'crash-prone': figures({ skewness: -2 }),
  'no-costs': costs(0),
  'profit-before-costs': all(
    trades(100, (i) => trade(i, { pnl: -1 })),
    costs(300),
  ),
  'cost-sensitive': costs(100_000),
  costly: costs(3000),
  'thin-edge': figures({ averageTrade: 0.0004 }),
  'fills-at-decision': settings({ fill: 'this-close' }),
  'same-bar': trades(100, (i) => trade(i, { exitBar: 40 + 20 * i })),
  ambiguous: () => ({ ambiguity: { trades: 20, worst: 10, best: 20 } }),
  'ambiguous-profit': () => ({ ambiguity: { trades: 3, worst: -1e6, best: 20 } }),
  turnover: figures({ turnover: 300 }),
  capacity: figures({ capacity: 50_000 }),
  rejections: () => ({ orderCounts: { ...soundReport.orderCounts, rejected: 20 } }),
  'never-filled': () => ({ orderCounts: { ...soundReport.orderCounts, cancelled: 5000 } }),
  ruin: equity((i) => 100_000 - 600 * i),
  'deep-drawdown': figures({ maxDrawdown: -0.7 }),
  'long-drawdown': figures({ longestDrawdown: 2000 }),
  'still-down': () => ({ drawdowns: [{ depth: -0.3, peakTime: 0, troughTime: 1, recoveryTime: null }] }),
  leverage: figures({ largestExposure: 3 }),
  idle: figures({ timeInMarket: 0.01 }),
  'large-loss': figures({ worstTrade: -0.4 }),
  'gives-back': figures({ givenBack: 300 }),
  'doubles-down': trades(100, (i) => trade(i, { size: i > 0 && (i - 1) % 3 === 0 ? 40 : 10 })),
  'open-profit': trades(100, (i) => trade(i, { open: i === 99, pnl: i === 99 ? 4000 : 50 })),
  'no-benchmark': ({ manifest }) => ({ manifest: { ...manifest!, benchmark: 'none' } }),
  'worse-than-holding': figures({ excessReturn: -0.2, maxDrawdown: -0.4 }),
  'is-the-market': figures({ beta: 0.95, correlation: 0.98 }),
  'long-in-a-rise': all(
    trades(100, (i) => trade(i, { size: 10 })),
    figures({ benchmarkReturn: 2 }),
  ),
  'negative-alpha': figures({ alpha: -0.02 }),
  'one-side': figures({ shortProfit: -500 }),
  survivors: symbols(12, { to: end }),
  fading: ({ monthly }) => ({ monthly: monthly.map((one, i) => ({ ...one, returns: i > 60 ? -0.02 : 0.02 })) }),
  'dirty-data': () => ({ warnings: ['The dataset "d" has 3 outliers: see its quality report.'] }),
  'missing-bars': symbols(3, { missing: 100 }),
  gap: ({ curve }) => ({
    curve: { ...curve, time: curve.time.map((time, i) => (i < 100 ? time : time + 900 * day)) },
  }),
  'stale-prices': trades(100, (i) => trade(i, { exitPrice: i % 4 === 0 ? 100 : 101 })),
  'errors-logged': () => ({
    log: [{ level: 'error', text: 'no quote', bar: 3, time: null, file: null, line: null }],
  }),
  'edge-of-range': ({ manifest }) => ({ manifest: { ...manifest!, params: { window: 100 } } }),
  'many-parameters': ({ strategy }) => ({
    strategy: {
      ...strategy!,
      params: Object.fromEntries(
        Array.from({ length: 12 }, (_, i) => [`p${i}`, { type: 'bool', default: true, description: '' }]),
      ),
    },
  }),
  'warm-up': trades(100, (i) => trade(i, { entryBar: 3 + 20 * i })),
  'dates-written-in': source('if (date === 20090309) buy();'),
  'fitted-numbers': source('if (x > 0.37421) buy();'),
  chance: source('if (random() < 0.1) buy();'),
};

describe('the critic', () => {
  test('has at least 40 checks, each with a name of its own and a flaw that is tried here', () => {
    const ids = checks.map(({ id }) => id);
    expect(ids.length).toBeGreaterThanOrEqual(40);
    expect(Object.keys(flaws).sort()).toEqual([...new Set(ids)].sort());
  });

  test('finds nothing in a sound report', () => {
    expect(criticise(soundReport).findings).toEqual([]);
  });

  test.each(Object.keys(flaws))('%s is found where it is', (id) => {
    const { findings } = criticise({ ...soundReport, ...flaws[id]!(soundReport) });
    const found = findings.find((finding) => finding.id === id);
    expect(found?.evidence).toMatch(/\w/);
  });

  test('says nothing of a run that failed', () => {
    const failure = { code: 'threw', message: 'no', position: null, diagnostics: [] } as const;
    expect(criticise({ ...soundReport, failure: { ...failure, diagnostics: [] }, trades: [] }).findings).toEqual([]);
  });

  test('tells the gravest first', () => {
    const flawed = { ...soundReport, ...all(flaws['ruin']!, flaws['fat-tails']!)(soundReport) };
    const told = criticise(flawed).findings.map(({ severity }) => severity);
    expect([told[0], told.at(-1)]).toEqual(['fatal', 'minor']);
  });
});
