/** Numbers are drawn in blocks of so many, so that the generator's state stays in registers; it does not change them. */
const blockSize = 256;
/** Looked up once: in a context of its own, as suites run in, each look at a global is slow. */
const { imul } = Math;

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

/**
 * The state of the generator that belongs to one index of a run: a path, a resample, a trial. No two indices of a run
 * start alike, and what index 7 draws does not depend on who drew index 6, or where.
 *
 * @param runSeed an unsigned 32-bit integer
 * @param index a whole number from 0 to 2^32 - 1
 * @param state is written to and answered; made anew if left out
 */
export function stateOfIndex(runSeed: number, index: number, state = new Int32Array(4)): Int32Array {
  // The first two words alone tell (run seed, index) apart: each is a bijection of one of them.
  state[0] = scramble(runSeed);
  state[1] = scramble(index ^ 0x9e3779b9);
  state[2] = scramble(state[0] ^ state[1]);
  state[3] = scramble(state[2] + 0x243f6a88) | 1;
  drawBlock(state, spare);
  return state;
}

/** The seed of one index of a run, for what takes a seed of its own, such as a backtest: different for each index. */
export function seedOfIndex(runSeed: number, index: number): number {
  return scramble(index ^ scramble(runSeed ^ 0x9e3779b9)) >>> 0;
}

const spare = new Int32Array(16);

/** A bijection of 32-bit integers in which every bit of the input moves every bit of the output: murmur3's finaliser. */
function scramble(word: number): number {
  let h = word;
  h = imul(h ^ (h >>> 16), 0x85ebca6b);
  h = imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Fills the block, or its first `count` places, with the generator's next 32-bit draws and moves the state on. */
export function drawBlock(state: Int32Array, block: Int32Array, count = block.length): void {
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  for (let i = 0; i < count; i++) {
    const product = imul(b, 5);
    block[i] = imul((product << 7) | (product >>> 25), 9);
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
