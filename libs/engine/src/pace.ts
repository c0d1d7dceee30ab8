import type { Bars } from './bars.js';

/**
 * The moments at which a run's strategy speaks: whenever any of its series completes a bar, once for all that complete
 * one at the same moment. One series alone is its own pace.
 */
export interface Pace {
  readonly length: number;
  /** Start of the bar that a moment completes, of the latest where several do; never before that of an earlier moment. */
  readonly time: Float64Array;
  /** The moments, µs UTC. They ascend. */
  readonly knownAt: Float64Array;
}

/** The union of the clocks of all series. */
export function paceOf(bars: readonly Bars[]): Pace {
  const [first] = bars;
  if (!first) throw new RangeError('A run needs at least one series of bars.');
  if (bars.length === 1) return first;
  const knownAt = unionOf(bars.map((one) => distinct(one.knownAt)));
  return { length: knownAt.length, time: startsAt(knownAt, bars), knownAt };
}

/** The first moment at or after an instant, from moment `from` on: doubling steps, then halving ones. */
export function momentAtOrAfter(knownAt: Float64Array, instant: number, from: number): number {
  let low = from;
  let step = 1;
  while (low + step <= knownAt.length && knownAt[low + step - 1]! < instant) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, knownAt.length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (knownAt[middle]! < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** In pairs, and pairs of pairs: a moment is looked at as often as the number of series has digits in base two. */
function unionOf(clocks: readonly Float64Array[]): Float64Array {
  if (clocks.length === 1) return clocks[0]!;
  const half = clocks.length >> 1;
  const [a, b] = [unionOf(clocks.slice(0, half)), unionOf(clocks.slice(half))];
  return a.length < b.length ? merged(b, a) : merged(a, b);
}

/** Mostly one clock holds the other, and then nothing is copied. */
function merged(long: Float64Array, short: Float64Array): Float64Array {
  if (holds(long, short)) return long;
  const union = new Float64Array(long.length + short.length);
  let length = 0;
  for (let i = 0, j = 0; i < long.length || j < short.length; length++) {
    const a = i < long.length ? long[i]! : Infinity;
    const b = j < short.length ? short[j]! : Infinity;
    union[length] = a < b ? a : b;
    if (a <= b) i++;
    if (b <= a) j++;
  }
  return union.subarray(0, length);
}

function holds(long: Float64Array, short: Float64Array): boolean {
  let at = short.length > 0 ? momentAtOrAfter(long, short[0]!, 0) : 0;
  for (let i = 0; i < short.length; i++, at++) {
    const moment = short[i]!;
    while (at < long.length && long[at]! < moment) at++;
    if (at === long.length || long[at] !== moment) return false;
  }
  return true;
}

/** Two bars of one series may be known at the same moment. */
function distinct(clock: Float64Array): Float64Array {
  let length = 1;
  while (length < clock.length && clock[length]! > clock[length - 1]!) length++;
  if (length >= clock.length) return clock;
  return Float64Array.from(new Set(clock));
}

function startsAt(knownAt: Float64Array, bars: readonly Bars[]): Float64Array {
  const starts = new Float64Array(knownAt.length).fill(-Infinity);
  for (const { time, knownAt: known, length } of bars) {
    let at = length > 0 ? momentAtOrAfter(knownAt, known[0]!, 0) : 0;
    for (let bar = 0; bar < length; bar++) {
      while (knownAt[at]! < known[bar]!) at++;
      if (time[bar]! > starts[at]!) starts[at] = time[bar]!;
    }
  }
  for (let at = 1; at < starts.length; at++) if (starts[at - 1]! > starts[at]!) starts[at] = starts[at - 1]!;
  return starts;
}
