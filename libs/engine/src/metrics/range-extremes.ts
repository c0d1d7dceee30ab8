/** Bars to a block: within one, a range is looked through bar by bar. */
const block = 64;

/** The highest high and lowest low of any range of bars, from a sparse table over blocks (Bender and Farach-Colton 2000). */
export class RangeExtremes {
  readonly #high: Float64Array;
  readonly #low: Float64Array;
  /** Level k holds the extremes of 2^k blocks from each block on. */
  readonly #highs: Float64Array[];
  readonly #lows: Float64Array[];

  constructor(high: Float64Array, low: Float64Array) {
    this.#high = high;
    this.#low = low;
    this.#highs = levels(high, Math.max);
    this.#lows = levels(low, Math.min);
  }

  /** Of bars `from` to `to`, the latter not included; -Infinity of none. */
  highest(from: number, to: number): number {
    return extreme(this.#high, this.#highs, from, to, Math.max, -Infinity);
  }

  lowest(from: number, to: number): number {
    return extreme(this.#low, this.#lows, from, to, Math.min, Infinity);
  }
}

type Pick = (a: number, b: number) => number;

function levels(column: Float64Array, pick: Pick): Float64Array[] {
  const count = Math.floor(column.length / block);
  const base = Float64Array.from({ length: count }, (_, b) => {
    let value = column[b * block]!;
    for (let i = b * block + 1; i < (b + 1) * block; i++) value = pick(value, column[i]!);
    return value;
  });
  const all = [base];
  for (let width = 2; width <= count; width *= 2) {
    const below = all.at(-1)!;
    const level = new Float64Array(count - width + 1);
    for (let b = 0; b < level.length; b++) level[b] = pick(below[b]!, below[b + width / 2]!);
    all.push(level);
  }
  return all;
}

function extreme(
  column: Float64Array,
  tables: readonly Float64Array[],
  from: number,
  to: number,
  pick: Pick,
  none: number,
): number {
  const first = Math.ceil(from / block);
  const end = Math.floor(to / block);
  let value = none;
  if (first >= end) {
    for (let i = from; i < to; i++) value = pick(value, column[i]!);
    return value;
  }
  for (let i = from; i < first * block; i++) value = pick(value, column[i]!);
  for (let i = end * block; i < to; i++) value = pick(value, column[i]!);
  const level = 31 - Math.clz32(end - first);
  const table = tables[level]!;
  return pick(value, pick(table[first]!, table[end - 2 ** level]!));
}
