import type { Actions } from '../bars.js';

/** New units for each old one at a bar: 1 where nothing is split. */
export function splitAt(actions: Actions | undefined, bar: number): number {
  const ratio = actions?.splits?.[bar] ?? 0;
  return ratio > 0 && ratio < Infinity ? ratio : 1;
}

/** Cash for each unit at a bar: 0 where nothing is paid. */
export function dividendAt(actions: Actions | undefined, bar: number): number {
  const amount = actions?.dividends?.[bar] ?? 0;
  return amount > 0 && amount < Infinity ? amount : 0;
}

/** What a unit is settled at after a bar's close; NaN where the symbol goes on. */
export function delistedAt(actions: Actions | undefined, bar: number): number {
  const value = actions?.delisting?.[bar] ?? NaN;
  return value >= 0 && value < Infinity ? value : NaN;
}
