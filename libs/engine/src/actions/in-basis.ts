import { splitAt, dividendAt } from './action-at.js';
import { actionColumns, type PriceBasis } from './price-basis.js';

type Columns = Readonly<Record<string, Float64Array>>;

/**
 * The columns of a series whose prices are `stored` so, as `wanted`: open, high, low, close, volume and dividends. Factors
 * reach back from the last bar of the series, whatever part of it is read later.
 *
 * Adjusted for splits: price / units, units being what one unit of that bar has become by the last. For dividends too:
 * times the product of 1 - D / C over all later dividends, C being the close before in the same terms (CRSP, Yahoo, Lean).
 *
 * @throws RangeError where prices that no one knows, or that have dividends in them, are to become others, and where a
 * dividend is no less than the close before
 */
export function inBasis(columns: Columns, stored: PriceBasis, wanted: PriceBasis): Columns {
  if (stored === wanted || wanted === 'as-stored') return columns;
  if (stored === 'as-stored') throw new RangeError('nobody said what the prices are');
  if (stored === 'total-return') throw new RangeError('dividends are in the prices and cannot be taken out again');
  const units = unitsAtEnd(columns);
  if (wanted === 'raw')
    return scaled(
      columns,
      (price, bar) => price * units[bar]!,
      (volume, bar) => volume / units[bar]!,
    );
  const whole =
    stored === 'raw'
      ? scaled(
          columns,
          (price, bar) => price / units[bar]!,
          (volume, bar) => volume * units[bar]!,
        )
      : columns;
  return wanted === 'split-adjusted' ? whole : withoutDividends(whole);
}

/** What one unit of each bar has become by the last, through the splits after it. */
function unitsAtEnd(columns: Columns): Float64Array {
  const { length } = columns['close']!;
  const actions = { splits: columns[actionColumns.splits] ?? null, dividends: null, delisting: null };
  const units = new Float64Array(length).fill(1);
  for (let bar = length - 2; bar >= 0; bar--) units[bar] = units[bar + 1]! * splitAt(actions, bar + 1);
  return units;
}

type PerBar = (value: number, bar: number) => number;

const priced = ['open', 'high', 'low', 'close'];

function scaled(columns: Columns, price: PerBar, volume: PerBar): Columns {
  const by: Readonly<Record<string, PerBar>> = {
    ...Object.fromEntries(priced.map((name) => [name, price])),
    volume,
    [actionColumns.dividends]: price,
  };
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, Object.hasOwn(by, name) ? column.map(by[name]!) : column]),
  );
}

function withoutDividends(columns: Columns): Columns {
  const dividends = columns[actionColumns.dividends];
  if (!dividends) return columns;
  const close = columns['close']!;
  const factor = new Float64Array(close.length).fill(1);
  for (let bar = close.length - 2; bar >= 0; bar--) {
    const dividend = dividendAt({ splits: null, dividends, delisting: null }, bar + 1);
    const left = 1 - dividend / close[bar]!;
    if (!(left > 0))
      throw new RangeError(`a dividend of ${dividend} is no less than the close before it, ${close[bar]}`);
    factor[bar] = factor[bar + 1]! * left;
  }
  const adjusted = priced.map((name) => [name, columns[name]!.map((value, bar) => value * factor[bar]!)] as const);
  return { ...columns, ...Object.fromEntries(adjusted) };
}
