import { fixed } from '@quarry/contracts';
import type { Check } from './check.js';
import { percent, sum, type ReportView } from './report-view.js';

const fewTrades = 30;
const tooMuch = 0.6;
const utc = (micros: number): Date => new Date(micros / 1000);

/** What one part of the trades made, where it is more than a share of the whole and there are at least so many parts. */
function concentrated(view: ReportView, keyOf: Parameters<ReportView['profitBy']>[0], parts: number): string | null {
  const sums = view.profitBy(keyOf);
  const [best] = sums;
  if (view.profit <= 0 || sums.length < parts || !best || best.profit <= tooMuch * view.profit) return null;
  return `${best.key} made ${fixed(best.profit, 2)} of ${fixed(view.profit, 2)}, ${percent(best.profit / view.profit)}`;
}

/** Is there enough of it, and is it spread over the sample? */
export const sampleChecks: readonly Check[] = [
  {
    id: 'no-trades',
    severity: 'fatal',
    title: 'No trade was made',
    suggestion: 'Look at the conditions of its entries: print them with console.log, or widen its parameters.',
    look: ({ report }) => (report.tradeCount === 0 ? 'Closed and open trades: 0' : null),
  },
  {
    id: 'few-trades',
    severity: 'serious',
    title: 'Too few trades to tell skill from luck',
    suggestion: `Run it over more years or more symbols, until it makes ${fewTrades} trades or more.`,
    look: ({ report: { tradeCount } }) => (tradeCount > 0 && tradeCount < fewTrades ? `Trades: ${tradeCount}` : null),
  },
  {
    id: 'few-days',
    severity: 'serious',
    title: 'Its trades fall on few days',
    suggestion: 'Trades of one day share its luck: count days, and run it over more of them.',
    look: ({ trades }) => {
      const days = new Set(trades.map(({ entryTime }) => Math.floor(entryTime / 86_400e6))).size;
      return trades.length >= fewTrades && days < fewTrades ? `${trades.length} trades on ${days} days` : null;
    },
  },
  {
    id: 'short-history',
    severity: 'serious',
    title: 'The history is short',
    suggestion: 'Run it over several years: annualised figures of less than one extrapolate.',
    look: ({ days }) => (days < 365 ? `${fixed(days, 0)} days of bars` : null),
  },
  {
    id: 'one-trade',
    severity: 'serious',
    title: 'One trade made most of the profit',
    suggestion: 'Run it without that trade’s stretch (--from, --to) and see what is left.',
    look: ({ trades, profit }) => {
      const best = Math.max(0, ...trades.map(({ pnl }) => pnl));
      return profit > 0 && trades.length > 1 && best > profit / 2
        ? `The best trade made ${fixed(best, 2)} of ${fixed(profit, 2)}`
        : null;
    },
  },
  {
    id: 'few-winners',
    severity: 'serious',
    title: 'Without its best twentieth of trades it loses',
    suggestion: 'Expect years without any of them: size it so that you can wait, or take profits on a rule.',
    look: ({ trades, profit }) => {
      const count = Math.ceil(trades.length / 20);
      const best = sum(
        trades
          .map(({ pnl }) => pnl)
          .sort((a, b) => b - a)
          .slice(0, count),
      );
      return profit > 0 && trades.length >= 40 && best > profit
        ? `The best ${count} of ${trades.length} trades made ${fixed(best, 2)}, all together ${fixed(profit, 2)}`
        : null;
    },
  },
  {
    id: 'one-year',
    severity: 'serious',
    title: 'One year made most of the profit',
    suggestion: 'Look at what was special in it; run the other years alone with --from and --to.',
    look: (view) => concentrated(view, ({ exitTime }) => utc(exitTime).getUTCFullYear(), 3),
  },
  {
    id: 'one-month',
    severity: 'serious',
    title: 'One month made most of the profit',
    suggestion: 'Look at what was special in it, and whether it can come again.',
    look: (view) => concentrated(view, ({ exitTime }) => utc(exitTime).toISOString().slice(0, 7), 12),
  },
  {
    id: 'one-hour',
    severity: 'minor',
    title: 'One hour of the day made most of the profit',
    suggestion: 'If there is a reason for that hour, trade it alone; if there is none, doubt it.',
    look: (view) =>
      view.isIntraday ? concentrated(view, ({ entryTime }) => `${utc(entryTime).getUTCHours()}:00 UTC`, 4) : null,
  },
  {
    id: 'one-symbol',
    severity: 'serious',
    title: 'One symbol made most of the profit',
    suggestion: 'Run it without that symbol (--symbols) and see what is left.',
    look: (view) => concentrated(view, ({ symbol }) => symbol, 3),
  },
  {
    id: 'one-half',
    severity: 'serious',
    title: 'It made its profit in one half of the time, and lost in the other',
    suggestion: 'Ask which regime it needs, and trade it only where that can be told beforehand.',
    look: ({ report: { curve, manifest } }) => {
      const { equity } = curve;
      const cash = manifest?.settings.cash ?? equity[0] ?? NaN;
      const [middle = NaN, last = NaN] = [equity[equity.length >> 1], equity.at(-1)];
      const [first, second] = [middle / cash - 1, last / middle - 1];
      const parted = last > cash && Math.min(first, second) < 0;
      return parted ? `The first half returned ${percent(first)}, the second ${percent(second)}` : null;
    },
  },
];
