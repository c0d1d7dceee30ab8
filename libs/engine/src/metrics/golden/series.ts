/** The return series of the peers' golden figures. */
const byHand: Readonly<Record<string, readonly number[]>> = {
  first_day_loss: [-0.1, 0.02, -0.05, 0.03, 0.01, 0.04],
  all_positive: [0.01, 0.02, 0.005, 0.01],
  all_zero: [0, 0, 0, 0, 0],
  constant: [0.001, 0.001, 0.001, 0.001, 0.001],
  wipe_out: [0.05, -1, 0, 0],
  with_nan: [0.01, NaN, -0.02, 0.015, NaN, 0.005],
  single: [0.01],
};

/** `lcg_1260_seed42` and the like are generated: 0.0006 + 0.011 z, z a sum of twelve uniforms less 6. */
export function goldenReturns(name: string): Float64Array {
  const generated = /^lcg_(\d+)_seed(\d+)$/.exec(name);
  if (!generated) return Float64Array.from(byHand[name]!);
  const uniform = lcg(Number(generated[2]));
  return Float64Array.from({ length: Number(generated[1]) }, () => {
    let sum = 0;
    for (let i = 0; i < 12; i++) sum += uniform();
    return 0.0006 + 0.011 * (sum - 6);
  });
}

/** The linear congruential generator of ANSI C's example rand, as a fraction of 2^31. */
function lcg(seed: number): () => number {
  let x = seed;
  return () => {
    x = (Math.imul(1103515245, x) + 12345) & 0x7fffffff;
    return x / 2 ** 31;
  };
}
