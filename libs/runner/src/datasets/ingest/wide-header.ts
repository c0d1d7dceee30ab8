/** A header in three rows, above a column of times and, for each symbol, columns of its own. */
export interface WideHeader {
  /** What each column holds. */
  readonly titles: readonly string[];
  /** Of which symbol; blank where it is the time. */
  readonly tickers: readonly string[];
}

/**
 * The header that pandas writes of two levels of columns, as yfinance downloads have it: `Price,Close,High`, `Ticker,SPY,SPY`, `Date,,`, or
 * the first two the other way round. Null where the rows are none.
 */
export function wideHeader(rows: readonly (readonly string[])[]): WideHeader | null {
  const [first, second, third] = rows.map((cells) => cells.map((cell) => cell.trim()));
  if (!first || !second || !third) return null;
  const levels = [first[0], second[0]].join();
  if (levels !== 'Price,Ticker' && levels !== 'Ticker,Price') return null;
  const [time = '', ...rest] = third;
  if (time === '' || rest.some((cell) => cell !== '')) return null;
  const [prices, tickers] = levels === 'Price,Ticker' ? [first, second] : [second, first];
  return { titles: [time, ...prices.slice(1)], tickers: ['', ...tickers.slice(1)] };
}
