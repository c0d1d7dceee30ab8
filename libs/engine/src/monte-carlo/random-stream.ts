import { drawBlock, stateOfIndex } from '../random.js';
import { normalOf } from './normals.js';

/** Where a path or a resample gets its chance from. */
export interface Rng {
  /** In [0, 1), 53 random bits. */
  uniform(): number;
  /** A whole number from 0 to n - 1. */
  integer(n: number): number;
  /** A standard normal. */
  normal(): number;
}

const { floor } = Math;
const drawsAtOnce = 64;

/** The random numbers of one index of a run. It may be set to another index and used again. */
export class RandomStream implements Rng {
  readonly #state = new Int32Array(4);
  readonly #draws = new Int32Array(drawsAtOnce);
  #used = drawsAtOnce;

  constructor(runSeed: number, index: number) {
    this.startAt(runSeed, index);
  }

  startAt(runSeed: number, index: number): this {
    stateOfIndex(runSeed, index, this.#state);
    this.#used = drawsAtOnce;
    return this;
  }

  uniform(): number {
    const high = this.#draw() >>> 5;
    return (high * 0x4000000 + (this.#draw() >>> 6)) / 0x20000000000000;
  }

  integer(n: number): number {
    return floor(this.uniform() * n);
  }

  normal(): number {
    return normalOf(this.#draw(), this.#state);
  }

  #draw(): number {
    if (this.#used === drawsAtOnce) {
      drawBlock(this.#state, this.#draws);
      this.#used = 0;
    }
    return this.#draws[this.#used++]!;
  }
}
