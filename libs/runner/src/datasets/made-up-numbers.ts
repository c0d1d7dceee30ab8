/** Nearly normal, mean 0, variance 1: the sum of four uniforms, scaled. */
export function bell(random: () => number): number {
  return (random() + random() + random() + random() - 2) * 1.7320508075688772;
}

/** Tommy Ettinger's mulberry32: uniform in [0, 1) from 32 bits of state. */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
