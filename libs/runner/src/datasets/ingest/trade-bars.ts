import { DataRefused } from '../data-refused.js';
import { intervalMicros } from './bar-interval.js';
import { dayMicros } from './read-time.js';
import type { RowTable } from './row-table.js';
import { SeriesBuilder } from './series-builder.js';

const minute = 60_000_000;
const barLayout = ['open', 'high', 'low', 'close'] as const;

/**
 * Makes bars of trades: of each stretch of the interval, on the file's own clock, the first price, the highest, the lowest and the last, and
 * the sum of quantities. A stretch without a trade has no bar. Trades of one time keep the file's order.
 */
export function tradesToBars(table: RowTable, interval: string): RowTable {
  const length = intervalMicros(interval);
  if (!(length > 0 && dayMicros % length === 0)) {
    throw new DataRefused(
      `Trades can be made into bars that divide a day, such as 1s, 5m, 1h or 1d, not of ${interval}.`,
    );
  }
  const series = table.series.map((trades) => barsOf(trades, length));
  const trades = table.series.reduce((sum, one) => sum + one.length, 0);
  const bars = series.reduce((sum, one) => sum + one.length, 0);
  const [price] = table.layout.required;
  const hasVolume = table.layout.optional[0]?.name === 'volume';
  return {
    ...table,
    series,
    mergedRows: trades - bars,
    layout: {
      ...table.layout,
      shape: 'bars',
      required: barLayout.map((name) => ({ ...price!, name })),
      optional: hasVolume ? [table.layout.optional[0]!] : [],
    },
    notes: [...table.notes, `${trades} trades were made into ${bars} bars of ${interval}, as said.`],
  };
}

function barsOf(trades: SeriesBuilder, length: number): SeriesBuilder {
  const { stamps, offsets, rows } = trades;
  const [price, second] = trades.columns;
  const quantity = trades.names[1] === 'volume' ? second : undefined;
  const instant = (row: number) => stamps[row]! - (offsets[row]! || 0) * minute;
  const order = Uint32Array.from({ length: trades.length }, (_, row) => row);
  order.sort((a, b) => instant(a) - instant(b) || a - b);
  const bars = new SeriesBuilder(trades.symbol, quantity ? [...barLayout, 'volume'] : barLayout);
  const bar = new Float64Array(bars.names.length);
  let start = NaN;
  let first = 0;
  const close = () => {
    if (start === start) bars.add(start, offsets[first]!, rows[first]!, bar);
  };
  for (const row of order) {
    const at = Math.floor(stamps[row]! / length) * length;
    const paid = price![row]!;
    if (at !== start) {
      close();
      start = at;
      first = row;
      bar.fill(paid, 0, 4);
      bar[4] = 0;
    }
    bar[1] = Math.max(bar[1]!, paid);
    bar[2] = Math.min(bar[2]!, paid);
    bar[3] = paid;
    if (quantity) bar[4]! += quantity[row]!;
  }
  close();
  return bars;
}
