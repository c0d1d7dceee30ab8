import { expect } from '@jest/globals';

/** Holds two values to be the same to the last bit, NaN and -0 included; much faster over columns than a matcher. */
export function expectSame(received: unknown, expected: unknown): void {
  if (isSame(received, expected)) return;
  // Fails with a readable difference, unless the two differ only in the sign of a zero.
  expect(received).toEqual(expected);
  throw new Error('The two differ in the sign of a zero.');
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (isColumn(a) && isColumn(b)) return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => isSame((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]));
}

function isColumn(value: object): value is Float64Array {
  return ArrayBuffer.isView(value);
}
