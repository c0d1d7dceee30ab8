import { figure, type Report, type ReportMetric, type ReportTrade } from '@quarry/contracts';

const day = 86_400e6;

/** A report as the checks read it: figures by name, and what several of them need. */
export class ReportView {
  readonly report: Report;
  readonly trades: readonly ReportTrade[];
  /** Net profit and loss of all listed trades, in currency. */
  readonly profit: number;
  readonly #metrics: ReadonlyMap<string, ReportMetric>;

  constructor(report: Report) {
    this.report = report;
    this.trades = report.trades;
    this.profit = sum(report.trades.map(({ pnl }) => pnl));
    this.#metrics = new Map(report.metrics.map((metric) => [metric.id, metric]));
  }

  /** A figure; NaN where the report lacks it. */
  figure(id: string): number {
    return Number(this.#metrics.get(id)?.value ?? NaN);
  }

  /** A figure with its name, as people read it: `Sharpe ratio 0.634`. */
  words(id: string): string {
    const metric = this.#metrics.get(id);
    return metric ? `${metric.label} ${figure(metric.value, metric.unit)}` : `no ${id}`;
  }

  /** Days from the first bar to the last. */
  get days(): number {
    const { bars } = this.report;
    return bars ? (bars.to - bars.from) / day : 0;
  }

  get isIntraday(): boolean {
    return /\d[smh]$|\d+m$/.test(this.report.bars?.interval ?? '');
  }

  /** What the trades paid in commission, slippage and spread, and what holding cost; in currency. */
  get costs(): number {
    return sum(Object.values(this.report.costs ?? {}));
  }

  /** Sums of the trades' profit by a key, the largest first. */
  profitBy(keyOf: (trade: ReportTrade) => string | number): { readonly key: string; readonly profit: number }[] {
    const sums = new Map<string, number>();
    for (const trade of this.trades) {
      const key = String(keyOf(trade));
      sums.set(key, (sums.get(key) ?? 0) + trade.pnl);
    }
    return [...sums].map(([key, profit]) => ({ key, profit })).sort((a, b) => b.profit - a.profit);
  }
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function percent(share: number): string {
  return figure(share, 'fraction');
}
