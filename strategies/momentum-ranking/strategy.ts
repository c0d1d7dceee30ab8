import { defineStrategy, float, int, type BarSeries } from '@quarry/engine';

/**
 * The idea: what went up most over the last year, its last month left out, goes on doing better than the rest for a while.
 * Once a month all symbols are ranked by that, and the best of them are held; what is new gets an equal part, as far as
 * what is kept leaves room.
 * Source: N. Jegadeesh and S. Titman, Returns to Buying Winners and Selling Losers (1993); the skipped month is that of
 * later studies, which keeps out the reversal of the last weeks.
 * Weakness: it is always invested, so it falls with the market; when a market turns, past winners fall fastest
 * (K. Daniel and T. Moskowitz, Momentum Crashes, 2016). It turns over much of the account each month, and spreads of
 * small stocks eat that. The generated stocks that it is shown on have growth that persists put in by hand: what it earns
 * there shows that it finds it, not that markets have it.
 */
export default defineStrategy({
  name: 'Momentum ranking',
  description: 'Holds the symbols that went up most over the last year, in equal parts, ranked anew each month.',
  params: {
    held: int(8, { min: 1, max: 100, description: 'Symbols to hold' }),
    lookback: int(252, { min: 20, max: 520, description: 'Bars over which the rise is measured' }),
    skip: int(21, { min: 0, max: 60, description: 'Newest bars that are left out of it' }),
    invested: float(0.95, {
      min: 0.1,
      max: 1,
      step: 0.05,
      description: 'Share of the account; the rest pays for gaps',
    }),
  },
  init: () => ({ month: NaN }),
  next({ series, date, account, params, buy, close, positionOf }, memory) {
    const month = Math.floor(date / 100);
    if (month === memory.month) return;
    memory.month = month;

    const chosen = best(series, params);
    for (const one of series) if (positionOf(one).size !== 0 && !chosen.includes(one)) close({ on: one });
    const kept = chosen.filter((one) => positionOf(one).size > 0);
    const added = chosen.filter((one) => positionOf(one).size === 0);
    const invested = account.equity * params.invested;
    const free = kept.reduce((left, one) => left - positionOf(one).size * one.close.now, invested);
    const part = Math.min(invested / params.held, free / added.length);
    if (part > 0) for (const one of added) buy({ on: one, size: part / one.close.now });
  },
});

/** The symbols that rose most, of those that are traded now and were so long ago. */
function best(
  series: readonly BarSeries[],
  { held, lookback, skip }: { readonly held: number; readonly lookback: number; readonly skip: number },
): BarSeries[] {
  const ranked = series
    .filter((one) => one.isNew)
    .map((one) => ({ one, rise: one.close.ago(skip) / one.close.ago(lookback) - 1 }))
    .filter(({ rise }) => rise > 0)
    .sort((a, b) => b.rise - a.rise);
  return ranked.slice(0, held).map(({ one }) => one);
}
