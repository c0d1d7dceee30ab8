import { adjusted, defineStrategy, int, sma, type BarSeries, type Series } from '@quarry/engine';

/**
 * The idea: what paid most in dividends for its price is cheap, and the dividends themselves are a return. Four times a
 * year the stocks are ranked by the dividends of the last 252 bars over their price, and those that yield most are held in
 * equal parts, as far as they stand above their own average.
 * Source: M. O'Higgins and J. Downes, Beating the Dow (1991), whose ten highest yielders are the "Dogs of the Dow"; the
 * average is M. Faber's filter, A Quantitative Approach to Tactical Asset Allocation (2007).
 * Weakness: a yield is high because the price has fallen, often for a reason, and the dividend is then cut. Dividends are
 * taxed, which no run here knows. It is shown on raw prices: dividends come in as cash, and wait there for the next ranking.
 * The average is of adjusted prices, since a split is no fall; orders and yields take prices as they are.
 */
export default defineStrategy({
  name: 'Dividend yield',
  description: 'Holds the stocks with the highest dividend yield that stand above their average, in equal parts.',
  params: {
    held: int(5, { min: 1, max: 50, description: 'Stocks to hold' }),
    average: int(200, { min: 20, max: 400, description: 'Bars of the average that a stock must stand above' }),
    every: int(63, { min: 5, max: 252, description: 'Bars from one ranking to the next' }),
  },
  init: ({ series, params }) =>
    series.map((bars) => {
      const { close } = adjusted(bars);
      const [dividends, splits] = [bars.column('dividends'), bars.column('stockSplits')];
      return { bars, close, average: sma(close, params.average), dividends, splits };
    }),
  next({ index, params, account, buy, sell, close, positionOf }, stocks) {
    if (index < yearOfBars || index % params.every !== 0) return;
    const ranked = stocks
      .filter(({ bars, close: price, average }) => bars.isNew && price.now > average.now)
      .map((stock) => ({ bars: stock.bars, yields: yieldOf(stock) }))
      .filter(({ yields }) => yields > 0)
      .sort((a, b) => b.yields - a.yields)
      .slice(0, params.held)
      .map(({ bars }) => bars);

    for (const { bars } of stocks) if (positionOf(bars).size !== 0 && !ranked.includes(bars)) close({ on: bars });
    const part = (0.95 * account.equity) / params.held;
    for (const bars of ranked) {
      const missing = part - positionOf(bars).size * bars.close.now;
      if (missing > bars.close.now) buy({ on: bars, value: missing });
      else if (missing < -bars.close.now) sell({ on: bars, value: -missing });
    }
  },
});

const yearOfBars = 252;

interface Payer {
  readonly bars: BarSeries;
  readonly dividends: Series;
  readonly splits: Series;
}

/** The dividends of a year of bars for each share as it is now, over its price. */
function yieldOf({ bars, dividends, splits }: Payer): number {
  let paid = 0;
  for (let ago = 0, shares = 1; ago < yearOfBars; ago++) {
    paid += (dividends.ago(ago) || 0) / shares;
    shares *= splits.ago(ago) || 1;
  }
  return paid / bars.close.now;
}
