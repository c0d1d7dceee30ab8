import { fixed, moment } from '@quarry/contracts';
import type { Check } from './check.js';
import { percent } from './report-view.js';

const day = 86_400e6;

/** Can its data be trusted? */
export const dataChecks: readonly Check[] = [
  {
    id: 'dirty-data',
    severity: 'minor',
    title: 'The data have flaws',
    suggestion: 'See quarry data show, and mend or drop the rows.',
    look: ({ report: { warnings } }) => warnings.find((text) => text.includes('see its quality report')) ?? null,
  },
  {
    id: 'missing-bars',
    severity: 'minor',
    title: 'Symbols lack bars at which others have them',
    suggestion: 'Their last price stood meanwhile: leave out symbols that trade seldom.',
    look: ({ report: { symbols } }) => {
      const worst = symbols.toSorted((a, b) => b.missing / b.bars - a.missing / a.bars)[0];
      return worst && worst.missing > 0.02 * worst.bars
        ? `${worst.symbol} lacks ${fixed(worst.missing, 0)} of ${fixed(worst.missing + worst.bars, 0)} bars`
        : null;
    },
  },
  {
    id: 'gap',
    severity: 'minor',
    title: 'There is a hole in the data',
    suggestion: 'Fill it or run each side alone: signals across it compare two different markets.',
    look: ({ report: { curve, bars } }) => {
      if (!bars || bars.count < 3) return null;
      const usual = Math.max((bars.to - bars.from) / (curve.time.length - 1), (bars.to - bars.from) / bars.count);
      const steps = curve.time.slice(1).map((time, i) => ({ from: curve.time[i]!, length: time - curve.time[i]! }));
      const widest = steps.toSorted((a, b) => b.length - a.length)[0];
      return widest && widest.length > 15 * usual && widest.length > 10 * day
        ? `No bar for ${fixed(widest.length / day, 0)} days from ${moment(widest.from)}`
        : null;
    },
  },
  {
    id: 'stale-prices',
    severity: 'minor',
    title: 'Many trades leave at the price they entered at',
    suggestion: 'Prices that do not move are prices at which nobody traded: drop bars without volume.',
    look: ({ trades }) => {
      const flat = trades.filter(({ entryPrice, exitPrice }) => entryPrice === exitPrice).length;
      return flat > 0.1 * trades.length ? `${flat} of ${trades.length} trades, ${percent(flat / trades.length)}` : null;
    },
  },
  {
    id: 'errors-logged',
    severity: 'minor',
    title: 'The strategy wrote errors to its log',
    suggestion: 'See the log: what it caught may have kept it from trading.',
    look: ({ report: { log } }) => log.find(({ level }) => level === 'error')?.text.slice(0, 200) ?? null,
  },
];
