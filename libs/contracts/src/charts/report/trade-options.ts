import type { Report } from '../../report.js';
import { roundWidth } from './round-width.js';
import { histogram } from './distribution-options.js';
import type { ReportChart } from './report-chart.js';

const wantedBins = 24;
const maxBins = 200;

/** How the trades' returns spread, in percent; null where there is nothing to spread. */
export function tradeOptions({ trades }: Report): ReportChart | null {
  const returns = trades.map((trade) => 100 * Number(trade.returns)).filter(Number.isFinite);
  if (returns.length < 5) return null;
  const sorted = [...returns].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  const width = roundWidth(Math.max((at(0.99) - at(0.01)) / wantedBins, (at(1) - at(0)) / (maxBins - 2), 1e-6));
  const first = Math.floor(at(0) / width);
  const counts = new Array<number>(Math.floor(at(1) / width) - first + 1).fill(0);
  for (const value of returns) counts[Math.floor(value / width) - first]!++;
  return histogram({ width, from: first * width, counts, name: 'Trades' });
}
