import type { Bars } from './bars.js';
import { intervalLength } from './metrics/session-days.js';

/** So many clocks are merged before the others are held against them. */
const enough = 8;
/** Moments without a start are looked up one by one where a series has so many times their number of bars. */
const seldom = 16;

/**
 * The moments at which a run's strategy speaks: whenever any of its series completes a bar, once for all that complete
 * one at the same moment. One series alone is its own pace.
 */
export interface Pace {
  readonly length: number;
  /** Start of the bar that a moment completes, of the shortest where several do; never before that of an earlier moment. */
  readonly time: Float64Array;
  /** The moments, µs UTC. They ascend. */
  readonly knownAt: Float64Array;
}

/** The union of the clocks of all series. */
export function paceOf(bars: readonly Bars[]): Pace {
  const [first] = bars;
  if (!first) throw new RangeError('A run needs at least one series of bars.');
  if (bars.length === 1) return first;
  const knownAt = unionOf(bars.map(({ knownAt, length }) => knownAt.subarray(0, length)));
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

/** A few clocks together mostly hold all others, which then need only be held against them. */
function unionOf(clocks: readonly Float64Array[]): Float64Array {
  const few = inPairs(clocks.slice(0, enough));
  const others = clocks.slice(enough).filter((clock) => !holds(few, clock));
  return others.length === 0 ? few : merged(few, inPairs(others));
}

/** In pairs, and pairs of pairs: a moment is looked at as often as the number of clocks has digits in base two. */
function inPairs(clocks: readonly Float64Array[]): Float64Array {
  if (clocks.length === 1) return distinct(clocks[0]!);
  const half = clocks.length >> 1;
  const [a, b] = [inPairs(clocks.slice(0, half)), inPairs(clocks.slice(half))];
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
  for (let i = 0; i < short.length; i++) {
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

/** Series of the shortest bars first; once hardly a moment is without a start, only those few are looked up. */
function startsAt(knownAt: Float64Array, bars: readonly Bars[]): Float64Array {
  const starts = new Float64Array(knownAt.length).fill(NaN);
  const byLength = [...bars].sort((a, b) => intervalLength(a.interval) - intervalLength(b.interval));
  let open = Int32Array.from(knownAt, (_, at) => at);
  for (const one of byLength) {
    if (open.length === 0) break;
    open =
      open.length * seldom < one.length ? lookedUp(one, knownAt, open, starts) : walked(one, knownAt, open, starts);
  }
  for (let at = 1; at < starts.length; at++) if (starts[at - 1]! > starts[at]!) starts[at] = starts[at - 1]!;
  return starts;
}

/** Both give starts to those of the open moments at which a series has a bar, and answer those that are left. */
function lookedUp(bars: Bars, knownAt: Float64Array, open: Int32Array, starts: Float64Array): Int32Array<ArrayBuffer> {
  return open.filter((at) => {
    const bar = momentAtOrAfter(bars.knownAt, knownAt[at]!, 0);
    if (bar >= bars.length || bars.knownAt[bar] !== knownAt[at]) return true;
    starts[at] = bars.time[bar]!;
    return false;
  });
}

function walked(bars: Bars, knownAt: Float64Array, open: Int32Array, starts: Float64Array): Int32Array<ArrayBuffer> {
  let bar = 0;
  return open.filter((at) => {
    while (bar < bars.length && bars.knownAt[bar]! < knownAt[at]!) bar++;
    if (bar >= bars.length || bars.knownAt[bar] !== knownAt[at]) return true;
    starts[at] = bars.time[bar]!;
    return false;
  });
}
