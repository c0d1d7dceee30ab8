/**
 * What all indicators share. A value is valid when it is finite. An indicator is NaN until it has seen as many valid
 * values in a row as it needs, and a value that is not valid starts it anew; it never reaches over a gap.
 */

/** @throws RangeError unless `window` is a whole number of bars, 1 or more. */
export function requireWindow(name: string, window: number): void {
  if (Number.isInteger(window) && window >= 1) return;
  throw new RangeError(`${name}: the window must be a whole number of bars, 1 or more, not ${window}.`);
}

/** Bars after which a running sum is taken anew from its window, so that rounding cannot pile up. */
export function renewalOf(window: number): number {
  return Math.max(1024, 4 * window);
}
