import { figure, type RecordedRun, type Report } from '@quarry/contracts';
import { firstOf, tradeWords } from '../review/trade-words.js';

const tradesKept = 50;
const figuresKept = [
  ...['totalReturn', 'cagr', 'volatility', 'maxDrawdown', 'sharpe', 'sortino', 'winRate', 'profitFactor'],
  ...['timeInMarket', 'finalEquity', 'benchmarkReturn'],
];

/** What expected.json keeps of a run. */
export function recordedRun({ orderListHash, tradeCount, metrics, trades }: Report): RecordedRun {
  const kept = metrics.filter(({ id }) => figuresKept.includes(id));
  return {
    orderListHash: orderListHash ?? '',
    tradeCount,
    metrics: Object.fromEntries(kept.map(({ id, value }) => [id, value])),
    trades: trades.slice(0, tradesKept).map(tradeWords),
  };
}

/** How a run differs from what was recorded, for a person; nothing where it does not. */
export function recordedFaults(recorded: RecordedRun | null, report: Report): string[] {
  if (recorded === null) return ['nothing is recorded of it yet: run quarry test --update'];
  const now = recordedRun(report);
  const faults: string[] = [];
  if (recorded.tradeCount !== now.tradeCount)
    faults.push(`trades: recorded ${recorded.tradeCount}, now ${now.tradeCount}`);
  const first = firstOf(recorded.trades, now.trades);
  if (first) {
    faults.push(`trade ${first.index + 1}:\n  - ${first.a ?? 'none'}\n  + ${first.b ?? 'none'}`);
  }
  for (const [id, value] of Object.entries(recorded.metrics)) {
    const metric = report.metrics.find((one) => one.id === id);
    const is = metric?.value ?? 'NaN';
    if (Object.is(Number(value), Number(is))) continue;
    const unit = metric?.unit ?? 'ratio';
    const [was, shown] = [figure(value, unit), figure(is, unit)];
    faults.push(`${id}: recorded ${was === shown ? value : was}, now ${was === shown ? is : shown}`);
  }
  if (faults.length === 0 && recorded.orderListHash !== now.orderListHash) {
    faults.push(`orders: the list is another, though trades and figures are the same (order-list hash)`);
  }
  return faults;
}
