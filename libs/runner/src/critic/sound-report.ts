import { Manifest, Report, type ReportMetric, type ReportTrade } from '@quarry/contracts';

const day = 86_400e6;
const start = Date.UTC(2010, 0, 4) * 1000;
const hash = 'a'.repeat(64);

/** For specs: a trade of the sound report, the i-th of many, with what is given changed. */
export function trade(i: number, changes: Partial<ReportTrade> = {}): ReportTrade {
  const pnl = i % 3 === 0 ? -80 : 100;
  return {
    ...{ symbol: 'ABC', size: i % 2 === 0 ? 10 : -10, entryBar: 40 + 20 * i, exitBar: 50 + 20 * i },
    ...{ entryTime: start + (40 + 20 * i) * day, exitTime: start + (50 + 20 * i) * day },
    ...{
      entryPrice: 100,
      exitPrice: 101,
      commission: 1,
      pnl,
      returns: pnl / 1000,
      open: false,
      ambiguous: false,
      tag: '',
    },
    ...changes,
  };
}

/** For specs: a figure of a report. */
export function metric(id: string, value: number, unit: ReportMetric['unit'] = 'ratio'): ReportMetric {
  return { id, label: id, value, unit, group: 'ratio', basis: '' };
}

const figures = {
  ...{ totalReturn: 0.5, sharpe: 1.4, smartSharpe: 1.38, skewness: 0.1, kurtosis: 4, winRate: 0.66, sqn: 4 },
  ...{ averageTrade: 0.01, turnover: 5, capacity: 1e9, maxDrawdown: -0.1, longestDrawdown: 200, largestExposure: 1 },
  ...{ timeInMarket: 0.5, worstTrade: -0.05, worstPeriod: -0.02, givenBack: 10, averageWin: 100 },
  ...{ excessReturn: 0.2, benchmarkReturn: 0.3, benchmarkMaxDrawdown: -0.3, beta: 0.2, correlation: 0.3, alpha: 0.05 },
  ...{ longProfit: 2000, shortProfit: 2000, longTrades: 50, shortTrades: 50 },
};

const manifest = Manifest.parse({
  schema: 'quarry.manifest/1',
  kind: 'backtest',
  strategy: hash,
  data: [
    { dataset: 'd', version: hash, symbols: ['ABC'], interval: '1d', adjustment: 'as-stored', from: null, to: null },
  ],
  ...{ engine: hash, node: 'v24.0.0', params: { window: 20 }, settings: {}, profile: 'v1', benchmark: 'buy-and-hold' },
});

const points = 200;

/** For specs: the report of a run in which no check finds anything. */
export const soundReport: Report = Report.parse({
  schema: 'quarry.report/1',
  ...{ manifest, manifestHash: hash, failure: null, strategyName: 'Sound', orderListHash: hash },
  strategy: {
    source: { entry: 's.ts', files: { 's.ts': 'export default 1;' } },
    params: { window: { type: 'int', default: 20, min: 2, max: 100, step: 1, description: 'Bars of the mean' } },
  },
  metrics: Object.entries(figures).map(([id, value]) => metric(id, value)),
  costs: { commission: 200, slippage: 0, spread: 0, borrow: 0, interest: 0, funding: 0 },
  tradeCount: 100,
  trades: Array.from({ length: 100 }, (_, i) => trade(i)),
  orderCounts: { filled: 200, cancelled: 10, rejected: 0, open: 0 },
  rejections: [],
  drawdowns: [{ depth: -0.1, peakTime: start, troughTime: start + day, recoveryTime: start + 2 * day }],
  bars: { symbol: 'ABC', interval: '1d', count: 2600, from: start, to: start + 2600 * day },
  curve: {
    time: Array.from({ length: points }, (_, i) => start + (i * 2600 * day) / (points - 1)),
    equity: Array.from({ length: points }, (_, i) => 100_000 * (1 + (0.5 * i) / points)),
    ...{ drawdown: Array.from({ length: points }, () => 0), benchmark: null },
  },
  monthly: Array.from({ length: 85 }, (_, i) => ({ month: `2010-${i}`, returns: 0.01 })),
  distribution: { basis: 'daily closes, 252 a year', width: 0.01, from: -0.1, counts: [600, 1400, 600] },
  ...{ log: [], logCut: false, warnings: [], environment: { wall: 'none', milliseconds: 1, quarry: '0' } },
});
