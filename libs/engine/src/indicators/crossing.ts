import { crosses, type Series } from '../series.js';

/**
 * True on the bar where `a` has come above `b`: above it now, and at or below it one bar before. `b` may be a level.
 * Never true where one of the four values is NaN.
 */
export function crossedAbove(a: Series, b: Series | number): boolean {
  if (typeof b === 'number') return a.now > b && a.ago(1) <= b;
  return crosses(a, b);
}

/** True on the bar where `a` has come below `b`: below it now, and at or above it one bar before. `b` may be a level. */
export function crossedBelow(a: Series, b: Series | number): boolean {
  if (typeof b === 'number') return a.now < b && a.ago(1) >= b;
  return crosses(b, a);
}
