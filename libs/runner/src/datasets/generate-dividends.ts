import { generateStocks, type Stock } from './generate-stocks.js';
import { mulberry32 } from './made-up-numbers.js';

/** A made-up stock at the prices at which it was traded, with its corporate actions by bar; 0 where there are none. */
export interface ActedStock extends Stock {
  readonly stockSplits: Float64Array;
  readonly dividends: Float64Array;
  /** NaN where the stock goes on. */
  readonly delisting: Float64Array;
}

const day = 86_400_000_000;
const count = 20;
/** Sessions between dividends: four a year. */
const quarter = 63;
const splitAbove = 120;
const reverseBelow = 6;

/**
 * The first twenty of generated stocks with dividends and splits put in: most pay every quarter, some more than others;
 * above 120 dollars two to four new shares come for each old one, below 6 dollars one for ten. Prices fall by what is
 * paid and divide by what is split. Who ends before the others is taken over above its last close, or fails and is worth
 * nothing.
 */
export function generateDividends(seed: number): ActedStock[] {
  const random = mulberry32(seed);
  const stocks = generateStocks(seed).slice(0, count);
  const end = Math.max(...stocks.map(({ time }) => time.at(-1)!));
  return stocks.map((stock, index) => {
    const acted = actedOn(stock, index, random);
    if (stock.time.at(-1)! > end - 30 * day) return acted;
    const isFailure = index % 20 === 17;
    acted.delisting[stock.time.length - 1] = isFailure ? 0 : cents(acted.close.at(-1)! * 1.15);
    return acted;
  });
}

function actedOn(stock: Stock, index: number, random: () => number): ActedStock {
  const { length } = stock.time;
  const stockSplits = new Float64Array(length);
  const dividends = new Float64Array(length);
  const delisting = new Float64Array(length).fill(NaN);
  const yearlyYield = index % 4 === 3 ? 0 : 0.01 + 0.05 * random();
  const firstPaid = Math.floor(quarter * random());
  const traded = {
    open: stock.open.slice(),
    high: stock.high.slice(),
    low: stock.low.slice(),
    close: stock.close.slice(),
  };
  const volume = stock.volume.slice();
  for (let bar = 0, units = 1, kept = 1; bar < length; bar++) {
    const before = bar === 0 ? NaN : traded.close[bar - 1]!;
    const ratio = splitAfter(before, random);
    if (ratio !== 1) stockSplits[bar] = ratio;
    units *= ratio;
    if (yearlyYield > 0 && bar > firstPaid && (bar - firstPaid) % quarter === 0) {
      dividends[bar] = cents(((before / ratio) * yearlyYield) / 4);
      kept *= 1 - dividends[bar]! / (before / ratio);
    }
    for (const column of Object.values(traded)) column[bar] = cents((column[bar]! * kept) / units);
    volume[bar] = Math.floor(volume[bar]! * units);
  }
  return { ...stock, ...traded, volume, stockSplits, dividends, delisting };
}

function splitAfter(close: number, random: () => number): number {
  if (close > splitAbove) return 2 + Math.floor(3 * random());
  return close < reverseBelow ? 0.1 : 1;
}

function cents(price: number): number {
  return Math.round(price * 100) / 100;
}
