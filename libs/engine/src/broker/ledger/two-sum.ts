/**
 * What `a + b` lost to rounding: fl(a + b) + error is a + b exactly (Knuth's TwoSum, The Art of Computer Programming 2,
 * 4.2.2). 0 where the sum is no finite number.
 */
export function sumError(a: number, b: number): number {
  const sum = a + b;
  const part = sum - a;
  const error = a - (sum - part) + (b - part);
  return error === error ? error : 0;
}
