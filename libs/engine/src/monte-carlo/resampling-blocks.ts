import type { Rng } from './random-stream.js';

const { floor, log, min } = Math;

/**
 * How rows are drawn again so that neighbours stay together. `stationary`: blocks of geometric length with the given
 * mean, wrapped around the end (Politis and Romano, Journal of the American Statistical Association 89, 1994); a mean
 * of 1 draws single rows. `moving`: blocks of that whole length that lie within the rows (Künsch, Annals of Statistics
 * 17, 1989).
 */
export interface BlockScheme {
  readonly kind: 'stationary' | 'moving';
  readonly length: number;
}

/** Blocks of rows that make up a resample. A block that runs over the last row goes on at the first. */
export class ResamplingBlocks {
  /** Of the blocks drawn last. */
  count = 0;
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
  readonly #scheme: BlockScheme;
  readonly #rows: number;
  /** 1 / log of the chance that a stationary block goes on. */
  readonly #perLogGoOn: number;

  constructor(scheme: BlockScheme, rows: number) {
    const { kind, length } = scheme;
    if (rows < 1) throw new RangeError('There are no rows to draw from.');
    if (!(length >= 1 && length <= rows)) {
      throw new RangeError(`Blocks are ${length} long; it must be from 1 to the number of rows, ${rows}.`);
    }
    if (kind === 'moving' && !Number.isInteger(length)) {
      throw new RangeError(`Moving blocks are ${length} long; it must be a whole number.`);
    }
    this.#scheme = scheme;
    this.#rows = rows;
    this.#perLogGoOn = 1 / Math.log(1 - 1 / length);
    this.starts = new Int32Array(rows);
    this.lengths = new Int32Array(rows);
  }

  /** Draws blocks that are as long together as there are rows; the last is cut. */
  draw(rng: Rng): void {
    const { kind, length } = this.#scheme;
    const rows = this.#rows;
    this.count = 0;
    for (let left = rows; left > 0; this.count++) {
      this.starts[this.count] = rng.integer(kind === 'moving' ? rows - length + 1 : rows);
      const drawn = kind === 'moving' || length === 1 ? length : this.#geometric(rng);
      left -= this.lengths[this.count] = min(left, drawn);
    }
  }

  /** The rows of the blocks drawn last, one by one. */
  writeRows(rows: Int32Array): void {
    let at = 0;
    for (let block = 0; block < this.count; block++) {
      let row = this.starts[block]!;
      for (let left = this.lengths[block]!; left > 0; left--) {
        rows[at++] = row;
        if (++row === this.#rows) row = 0;
      }
    }
  }

  #geometric(rng: Rng): number {
    return min(this.#rows, 1 + floor(log(1 - rng.uniform()) * this.#perLogGoOn));
  }
}
