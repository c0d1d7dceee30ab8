const { imul } = Math;

/** Returns that anyone can remake: mean + deviation × z, z a sum of twelve uniforms of ANSI C's example rand, less 6. */
export function noise(length: number, seed: number, mean = 0, deviation = 0.01): Float64Array {
  let x = seed;
  return Float64Array.from({ length }, () => {
    let sum = 0;
    for (let i = 0; i < 12; i++) {
      x = (imul(1103515245, x) + 12345) & 0x7fffffff;
      sum += x / 2 ** 31;
    }
    return mean + deviation * (sum - 6);
  });
}

/** A first-order autoregression with such shocks. */
export function autoregression(length: number, seed: number, coefficient: number): Float64Array {
  let value = 0;
  return noise(length, seed, 0, 1).map((shock) => (value = coefficient * value + shock));
}

/** Twenty trials of 480 returns; the first has a mean of `edge`, the others have none. */
export function twentyTrials(edge: number): Float64Array[] {
  return Array.from({ length: 20 }, (_, j) => noise(480, 1000 + 37 * j, j === 0 ? edge : 0));
}
