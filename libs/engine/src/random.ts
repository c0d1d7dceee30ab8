/** Numbers are drawn in blocks of so many, so that the generator's state stays in registers; it does not change them. */
const blockSize = 256;

/**
 * A seeded generator of numbers in [0, 1) with 53 random bits: xoshiro128** (Blackman and Vigna 2018), two draws a
 * number. The same seed gives the same numbers on any machine. The state starts as (seed, three constants: fractional
 * digits of the golden ratio, of pi and of the square root of 2) and skips 16 draws.
 *
 * @param seed an unsigned 32-bit integer
 */
export function seededRandom(seed: number): () => number {
  const state = Int32Array.of(seed, 0x9e3779b9, 0x243f6a88, 0xb7e15162);
  drawBlock(state, new Int32Array(16));
  const block = new Int32Array(blockSize);
  let used = blockSize;
  return () => {
    if (used === blockSize) {
      drawBlock(state, block);
      used = 0;
    }
    const high = block[used++]! >>> 5;
    const low = block[used++]! >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  };
}

/** Fills the block with the generator's next 32-bit draws and moves the state on. */
export function drawBlock(state: Int32Array, block: Int32Array): void {
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  for (let i = 0; i < block.length; i++) {
    const product = Math.imul(b, 5);
    block[i] = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
}
