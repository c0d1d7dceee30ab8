/**
 * What all indicators share. A value is valid when it is finite. An indicator is NaN until it has seen as many valid
 * values in a row as it needs, and a value that is not valid starts it anew; it never reaches over a gap.
 */

/** @throws RangeError unless `window` is a whole number of bars, `least` or more. */
export function requireWindow(name: string, window: number, what = 'the window', least = 1): void {
  if (Number.isInteger(window) && window >= least) return;
  throw new RangeError(`${name}: ${what} must be a whole number of bars, ${least} or more, not ${window}.`);
}

/** @throws RangeError unless `value` is a number from `least` to `most`. */
export function requireNumber(name: string, what: string, value: number, least: number, most = Infinity): void {
  if (typeof value === 'number' && value >= least && value <= most) return;
  const range = most === Infinity ? `${least} or more` : `from ${least} to ${most}`;
  throw new RangeError(`${name}: ${what} must be ${range}, not ${String(value)}.`);
}

/** @throws RangeError unless the fast window is shorter than the slow one, both whole numbers of bars, 1 or more. */
export function requireFastAndSlow(name: string, fast: number, slow: number): void {
  requireWindow(name, fast, 'the fast window');
  requireWindow(name, slow, 'the slow window');
  if (fast < slow) return;
  throw new RangeError(`${name}: the fast window (${fast}) must be shorter than the slow one (${slow}).`);
}

/** Bars after which a running sum is taken anew from its window, so that rounding cannot pile up. */
export function renewalOf(window: number): number {
  return Math.max(1024, 4 * window);
}

/** For an indicator within another: the caller has checked the window already. */
export function nowhere(length: number): Float64Array {
  return new Float64Array(length).fill(NaN);
}
