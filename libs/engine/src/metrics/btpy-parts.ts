import type { Bars } from '../bars.js';
import { civil } from './civil.js';
import { returnsAt, tradingDays } from './sampling.js';
import { dayCloses, isIntraday, weekday, type DayCloses } from './session-days.js';
import { sumOf } from './sum.js';

const day = 86_400e6;

/** Median distance of the last 100 bars (the peer's notion of the bar's length), µs; NaN of one bar. */
export function medianGap(time: Float64Array): number {
  const gaps = time
    .slice(-100)
    .map((value, i, tail) => value - (tail[i - 1] ?? NaN))
    .slice(1)
    .sort();
  if (gaps.length === 0) return NaN;
  const middle = gaps.length >> 1;
  return gaps.length % 2 === 1 ? gaps[middle]! : (gaps[middle - 1]! + gaps[middle]!) / 2;
}

/** A duration rounded up to the unit that the bar's length is counted in: days, hours, minutes or seconds. */
export function roundUp(duration: number, gap: number): number {
  const unit = [day, 3_600e6, 60e6, 1e6].find((size) => gap % size === 0) ?? 1;
  return Math.ceil(duration / unit) * unit;
}

/**
 * Returns between the last equity of each day, week, month or year, whichever the bars are, and how many make a year:
 * 52, 12 or 1 where the median gap is 7, 31 or 365 days, else 365 for a market with weekends and 252 for one without.
 */
export function dayReturns(
  bars: Bars,
  equity: Float64Array,
): { returns: Float64Array; perYear: number; basis: string } {
  const closes = dayCloses(bars, isIntraday(bars) ? bars.zone : null);
  const gap = Math.floor(medianGap(bars.time) / day);
  const perYear = gap === 7 ? 52 : gap === 31 ? 12 : gap === 365 ? 1 : tradingDays(bars.length, weekendBars(closes));
  const period = gap === 7 ? weekOf : gap === 31 ? monthOf : gap === 365 ? yearOf : (date: number) => date;
  const at = closes.bars.filter((_, i) => period(closes.days[i]!) !== period(closes.days[i + 1] ?? NaN));
  return { returns: returnsAt(equity, Int32Array.from(at)), perYear, basis: `daily closes, ${perYear} a year` };
}

/** The peer counts bars, not days, that fall on Saturday or Sunday. */
function weekendBars({ bars, days }: DayCloses): number {
  let count = 0;
  for (let i = 0; i < days.length; i++) if (weekday(days[i]!) >= 5) count += bars[i]! - (bars[i - 1] ?? -1);
  return count;
}

/** Weeks end on Sunday; day 0 was a Thursday. */
function weekOf(date: number): number {
  return Math.floor((date + 3) / 7);
}

function monthOf(date: number): number {
  const { year, month } = civil(date);
  return year * 12 + month;
}

function yearOf(date: number): number {
  return civil(date).year;
}

/** Falls from a peak as the peer counts them. Durations µs; NaN means where nothing fell. */
export interface PeerDrawdowns {
  readonly peak: number;
  readonly deepest: number;
  readonly meanDepth: number;
  readonly longest: number;
  readonly meanDuration: number;
}

/** A fall lasts from the last bar at a peak to the next bar at or above it, or to the last bar; one bar apart is none. */
export function peerDrawdowns(equity: Float64Array, time: Float64Array): PeerDrawdowns {
  const depths: number[] = [];
  const durations: number[] = [];
  let peak = -Infinity;
  let peakAt = 0;
  let depth = 0;
  let deepest = 0;
  const last = equity.length - 1;
  for (let i = 0; i <= last; i++) {
    const value = equity[i]!;
    if (value > peak) peak = value;
    const fall = 1 - value / peak;
    if (fall > deepest) deepest = fall;
    if (fall > depth) depth = fall;
    if (fall !== 0 && i < last) continue;
    if (i > peakAt + 1) {
      depths.push(depth);
      durations.push(time[i]! - time[peakAt]!);
    }
    peakAt = i;
    depth = 0;
  }
  const longest = durations.reduce((most, duration) => Math.max(most, duration), -Infinity);
  return {
    peak,
    deepest,
    meanDepth: sumOf(depths) / depths.length,
    longest: durations.length > 0 ? longest : NaN,
    meanDuration: sumOf(durations) / durations.length,
  };
}
