import { type Cursor, cursorOf, liveSeriesFrom, type Series } from './series.js';

/**
 * A series of your own: `fn` of one, two or three others, value by value. It is called once a bar, when the bar is
 * known, so it cannot see ahead. Ready-made indicators cannot be built on it; `rolling` and `scan` can.
 * @example const typical = map(bars.high, bars.low, bars.close, (h, l, c) => (h + l + c) / 3);
 */
export function map(a: Series, fn: (a: number) => number): Series;
export function map(a: Series, b: Series, fn: (a: number, b: number) => number): Series;
export function map(a: Series, b: Series, c: Series, fn: (a: number, b: number, c: number) => number): Series;
export function map(...args: [...Series[], (...values: number[]) => number]): Series {
  const fn = args.at(-1) as (...values: number[]) => number;
  const [a, b, c] = args.slice(0, -1) as [Series, Series?, Series?];
  if (typeof fn !== 'function') throw new TypeError('map: the last argument must be a function of the values.');
  if (!b) return computed(cursorOf(a), () => fn(a.now));
  if (!c) return computed(cursorOf(a), () => fn(a.now, b.now));
  return computed(cursorOf(a), () => fn(a.now, b.now, c.now));
}

/**
 * A series of your own: `fn` of the last `bars` values, the oldest first. NaN until so many bars are known. The array
 * is used again at the next bar: copy what you keep.
 * @example const range = rolling(bars.close, 20, (closes) => Math.max(...closes) - Math.min(...closes));
 */
export function rolling(x: Series, bars: number, fn: (values: Float64Array) => number): Series {
  if (!Number.isInteger(bars) || bars < 1) {
    throw new RangeError(`rolling: the number of bars is ${bars}; it must be a whole number, 1 or more.`);
  }
  const cursor = cursorOf(x);
  const window = new Float64Array(bars);
  return computed(cursor, () => {
    if (cursor.index < bars - 1) return NaN;
    for (let i = 0; i < bars; i++) window[i] = x.ago(bars - 1 - i);
    return fn(window);
  });
}

/**
 * A series of your own that remembers: each value is `fn` of the one before and the current value of `x`.
 * @param seed what stands for the value before the first bar
 * @example const highestSoFar = scan(bars.close, -Infinity, (highest, close) => Math.max(highest, close));
 */
export function scan(x: Series, seed: number, fn: (before: number, value: number) => number): Series {
  let state = seed;
  return computed(cursorOf(x), () => (state = fn(state, x.now)));
}

function computed(cursor: Cursor, value: () => number): Series {
  if (cursor.started)
    throw new RangeError('map, rolling and scan belong in init: in next they would begin anew at every bar.');
  const column = new Float64Array(cursor.length);
  cursor.onMove(() => {
    column[cursor.index] = value();
  });
  return liveSeriesFrom(column, cursor);
}
