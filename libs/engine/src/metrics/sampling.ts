import type { Bars } from '../bars.js';
import { intervalLength, isIntraday, weekday, type DayCloses } from './session-days.js';

/** Which bars the ratios look at, and how many such periods make a year. */
export interface Sampling {
  /** Bar indices, ascending: the first bar, then the close of every period. */
  readonly at: Int32Array;
  readonly perYear: number;
  /** For the screen: "daily closes, 252 a year". */
  readonly basis: string;
}

/**
 * Profile v1's sampling: intraday bars at the close of each session, longer bars at each bar. The year of a market that
 * trades on weekends has 365 days, one with a session on one weekend day 312, any other 252; 52 weeks; 12 months.
 */
export function sampleTimes(bars: Bars, days: DayCloses): Sampling {
  const length = intervalLength(bars.interval) / 86_400e6;
  if (isIntraday(bars)) {
    const perYear = tradingDaysOf(days.days);
    const first = bars.length === 0 || days.bars[0] === 0 ? [] : [0];
    return { at: Int32Array.from([...first, ...days.bars]), perYear, basis: `session closes, ${perYear} a year` };
  }
  const at = new Int32Array(bars.length);
  for (let i = 0; i < at.length; i++) at[i] = i;
  const { name, perYear } = yearOf(bars, length, days.days);
  return { at, perYear, basis: `${name} closes, ${Number(perYear.toFixed(2))} a year` };
}

function yearOf(bars: Bars, lengthInDays: number, days: readonly number[]): { name: string; perYear: number } {
  if (bars.interval === '1d') return { name: 'daily', perYear: tradingDaysOf(days) };
  if (bars.interval === '1w') return { name: 'weekly', perYear: 52 };
  if (bars.interval === '1mo') return { name: 'monthly', perYear: 12 };
  const count = Number.parseInt(bars.interval, 10);
  if (bars.interval.endsWith('mo')) return { name: bars.interval, perYear: 12 / count };
  if (bars.interval.endsWith('w')) return { name: bars.interval, perYear: 52 / count };
  return { name: bars.interval, perYear: tradingDaysOf(days) / lengthInDays };
}

/** 365 where the weekends hold more than six tenths of their share of `count` days (or bars), else 252. */
export function tradingDays(count: number, onWeekends: number): number {
  return onWeekends / count > (2 / 7) * 0.6 ? 365 : 252;
}

/** A week with a session on one of its weekend days, such as a currency's on Sunday evening, has six: 312 a year. */
function tradingDaysOf(days: readonly number[]): number {
  let onWeekends = 0;
  for (let i = 0; i < days.length; i++) if (weekday(days[i]!) >= 5) onWeekends++;
  const perYear = tradingDays(days.length, onWeekends);
  return perYear === 252 && onWeekends / days.length > (1 / 6) * 0.6 ? 312 : perYear;
}

/** The simple return between neighbouring samples of a column; 0 once nothing is left to earn on. */
export function returnsAt(column: Float64Array, at: Int32Array): Float64Array {
  const returns = new Float64Array(Math.max(0, at.length - 1));
  for (let i = 0; i < returns.length; i++) {
    const before = column[at[i]!]!;
    returns[i] = before > 0 ? column[at[i + 1]!]! / before - 1 : 0;
  }
  return returns;
}
