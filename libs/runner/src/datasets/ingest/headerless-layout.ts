import { DataRefused } from '../data-refused.js';
import { bidAskNames, type Layout, type NumberColumn } from './layout.js';
import { numberOf, type DecimalMark } from './read-number.js';

const klineNames = ['quoteVolume', 'trades', 'takerBaseVolume', 'takerQuoteVolume'];

/**
 * Knows a few files without a header by their width and by what holds among their numbers: time and price; time and OHLC; the same with
 * volume; with date and clock apart; bid and ask bars; exchange klines. Throws DataRefused for the rest.
 */
export function layoutWithoutHeader(rows: readonly (readonly string[])[], mark: DecimalMark, name: string): Layout {
  const width = rows[0]!.length;
  const numbers = rows.map((cells) => cells.map((cell) => numberOf(cell, mark)));
  const holds = (test: (row: readonly number[]) => boolean) => numbers.filter(test).length > 0.9 * numbers.length;
  const barAt = (at: number) => holds((row) => isBar(row[at]!, row[at + 1]!, row[at + 2]!, row[at + 3]!));
  const numeric = (from: number) => holds((row) => row.slice(from).every((value) => !Number.isNaN(value)));
  const columns = (names: readonly string[], from: number) =>
    names.map((column, k): NumberColumn => ({ name: column, place: from + k, title: `column ${from + k + 1}` }));
  const layout = (parts: Partial<Layout>): Layout => ({
    ...{
      shape: 'bars',
      time: 0,
      clock: null,
      symbol: null,
      required: columns(['open', 'high', 'low', 'close'], 1),
      optional: [],
      notes: [],
    },
    ...parts,
  });
  const told = (what: string) => [`There is no header: the columns are taken as ${what}.`];

  if (width === 2 && numeric(1)) {
    const notes = [...told('time, price'), 'Only a price is given: open, high, low and close are all that price.'];
    return layout({ shape: 'price', required: columns(['price'], 1), notes });
  }
  if (width === 5 && barAt(1)) return layout({ notes: told('time, open, high, low, close') });
  if (width === 6 && barAt(1)) {
    return layout({ optional: columns(['volume'], 5), notes: told('time, open, high, low, close, volume') });
  }
  if (width === 12 && barAt(1) && holds((row) => row[6]! > row[0]!)) {
    return layout({
      optional: [...columns(['volume'], 5), ...columns(klineNames, 7)],
      notes: told(
        'exchange klines: open time, open, high, low, close, volume, close time, quote volume, trades, taker volumes',
      ),
    });
  }
  if (width === 11 && barAt(1) && barAt(6) && numeric(1)) {
    return layout({
      shape: 'bid-ask',
      required: columns(bidAskNames, 1),
      notes: told('time, then open, high, low, close and size of bid and of ask'),
    });
  }
  if ((width === 6 || width === 7) && barAt(2) && holds((row) => Number.isNaN(row[1]!))) {
    return layout({
      clock: 1,
      required: columns(['open', 'high', 'low', 'close'], 2),
      optional: width === 7 ? columns(['volume'], 6) : [],
      notes: told('date, clock time, open, high, low, close' + (width === 7 ? ', volume' : '')),
    });
  }
  throw new DataRefused(
    `${name} has no header and its ${width} columns (first row: ${rows[0]!.join(', ').slice(0, 120)}) are no bars that Quarry knows. ` +
      'Say which is which by number, such as columns time=1 open=2 high=3 low=4 close=5.',
  );
}

function isBar(open: number, high: number, low: number, close: number): boolean {
  return high >= low && high >= open && high >= close && low <= open && low <= close;
}
