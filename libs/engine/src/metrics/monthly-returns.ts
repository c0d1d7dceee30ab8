import { civil, firstDayOf } from './civil.js';
import type { DayCloses } from './session-days.js';

/** What a calendar month returned. */
export interface MonthlyReturn {
  /** `YYYY-MM` */
  readonly month: string;
  readonly returns: number;
}

/**
 * Equity at the last bar of each calendar month over that of the month before, minus one; the first month counts from
 * the starting cash. Months are those of the days that the bars belong to, in the dataset's zone.
 */
export function monthlyReturns({ bars, days }: DayCloses, equity: Float64Array, cash: number): MonthlyReturn[] {
  const months: MonthlyReturn[] = [];
  let before = cash;
  for (let i = 0; i < days.length;) {
    const { year, month } = civil(days[i]!);
    const next = firstDayOf(year, month + 1);
    while (i < days.length && days[i]! < next) i++;
    const end = equity[bars[i - 1]!]!;
    months.push({
      month: `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`,
      returns: end / before - 1,
    });
    before = end;
  }
  return months;
}

/** The same by calendar year: months compounded. */
export function yearlyReturns(months: readonly MonthlyReturn[]): { readonly year: string; readonly returns: number }[] {
  const years = new Map<string, number>();
  for (const { month, returns } of months) {
    const year = month.slice(0, -3);
    years.set(year, (years.get(year) ?? 1) * (1 + returns));
  }
  return [...years].map(([year, growth]) => ({ year, returns: growth - 1 }));
}
