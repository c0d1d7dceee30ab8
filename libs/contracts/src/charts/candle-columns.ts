/** Bars for drawing. Row k stands for base bars `bar[k]` to `bar[k] + span - 1`. */
export interface CandleColumns {
  /** Number of base bars that a row stands for. */
  readonly span: number;
  /** Index of the row's first base bar. */
  readonly bar: readonly number[];
  /** µs UTC. */
  readonly time: readonly number[];
  readonly open: readonly number[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
}

/** Joins each `size` neighbouring rows into one: first open, highest high, lowest low, last close. */
export function groupCandles(rows: CandleColumns, size: number): CandleColumns {
  if (size <= 1) return rows;
  const starts = rows.bar.flatMap((_, i) => (i % size === 0 ? [i] : []));
  const pick = (column: readonly number[], fold: (group: readonly number[]) => number) =>
    starts.map((start) => fold(column.slice(start, start + size)));
  const first = (group: readonly number[]) => group[0] ?? NaN;

  return {
    span: rows.span * size,
    bar: pick(rows.bar, first),
    time: pick(rows.time, first),
    open: pick(rows.open, first),
    high: pick(rows.high, (group) => Math.max(...group)),
    low: pick(rows.low, (group) => Math.min(...group)),
    close: pick(rows.close, (group) => group.at(-1) ?? NaN),
  };
}

/** Time of the row that holds a base bar, by bisection; NaN where no row does. */
export function timeOfBar(rows: CandleColumns, bar: number): number {
  let low = 0;
  let high = rows.bar.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows.bar[middle] ?? Infinity) <= bar) low = middle + 1;
    else high = middle;
  }
  const row = low - 1;
  const inside = row >= 0 && bar < (rows.bar[row] ?? NaN) + rows.span;
  return inside ? (rows.time[row] ?? NaN) : NaN;
}
