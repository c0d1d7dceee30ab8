import type { SeriesBuilder } from './series-builder.js';
import { bidAskNames, type Layout } from './layout.js';

export interface NamedColumn {
  readonly name: string;
  readonly values: Float64Array;
}

const priced = /^(open|high|low|close|price|adjClose|dividends|vwap|(bid|ask)(Open|High|Low|Close))$/;

/** Rows in order as our columns: open, high, low, close, volume, then the vendor's own. What the file lacks is NaN. */
export function seriesColumns(
  series: SeriesBuilder,
  layout: Layout,
  order: Uint32Array | null,
  divisor: number,
): NamedColumn[] {
  const named = new Map<string, Float64Array>();
  series.names.forEach((name, k) => {
    const values = gathered(series.columns[k]!, order, series.length);
    named.set(name, divisor !== 1 && priced.test(name) ? values.map((value) => value / divisor) : values);
  });
  const rows = order?.length ?? series.length;
  const prices = pricesOf(layout, named);
  const volume = layout.shape !== 'bid-ask' ? named.get('volume') : undefined;
  const extras = [...named].filter(([name]) => !['open', 'high', 'low', 'close', 'volume', 'price'].includes(name));
  return [
    ...prices,
    { name: 'volume', values: volume ?? new Float64Array(rows).fill(NaN) },
    ...extras.map(([name, values]) => ({ name, values })),
  ];
}

function pricesOf(layout: Layout, named: Map<string, Float64Array>): NamedColumn[] {
  const sides = ['Open', 'High', 'Low', 'Close'] as const;
  return sides.map((side) => {
    const name = side.toLowerCase();
    if (layout.shape === 'bars') return { name, values: named.get(name)! };
    if (layout.shape !== 'bid-ask') return { name, values: named.get('price')! };
    const bid = named.get(`bid${side}`)!;
    const ask = named.get(`ask${side}`)!;
    return { name, values: bid.map((value, row) => (value + ask[row]!) / 2) };
  });
}

function gathered(column: Float64Array, order: Uint32Array | null, length: number): Float64Array {
  if (order === null) return column.subarray(0, length);
  const values = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) values[i] = column[order[i]!]!;
  return values;
}

export const bidAskNote = `The file holds bid and ask bars: open, high, low and close are the middle of the two, ${bidAskNames.join(', ')} stand beside them, and volume is undefined.`;
