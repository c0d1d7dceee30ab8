import { selectRanks } from './select-ranks.js';

const buckets = 2048;

/**
 * The values of given ranks, rank 0 being the smallest: exact, and in a few passes without a sort. Values are counted
 * into equal buckets between the least and the greatest; only those of the buckets that hold a rank are put in order.
 */
export class RankedValues {
  readonly #counts = new Int32Array(buckets);
  readonly #isWanted = new Uint8Array(buckets);
  readonly #bucketOf: Uint16Array;
  readonly #gathered: Float64Array;

  /** @param most so many values at most */
  constructor(most: number) {
    this.#bucketOf = new Uint16Array(most);
    this.#gathered = new Float64Array(most);
  }

  /**
   * @param values none NaN; left as they are
   * @param ranks ascending
   */
  at(values: Float64Array, ranks: readonly number[]): number[] {
    const n = values.length;
    let least = Infinity;
    let greatest = -Infinity;
    for (let i = 0; i < n; i++) {
      const value = values[i]!;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    const scale = (buckets - 1) / (greatest - least);
    // Where the width is none, or too small or large to divide by, all share the first bucket.
    const perWidth = scale < Infinity ? scale : 0;

    const counts = this.#counts.fill(0);
    const bucketOf = this.#bucketOf;
    for (let i = 0; i < n; i++) {
      const bucket = ((values[i]! - least) * perWidth) | 0;
      bucketOf[i] = bucket;
      counts[bucket]!++;
    }
    const within = this.#ranksWithin(ranks);
    let count = 0;
    for (let i = 0; i < n; i++) if (this.#isWanted[bucketOf[i]!] === 1) this.#gathered[count++] = values[i]!;
    const gathered = this.#gathered.subarray(0, count);
    selectRanks(gathered, within);
    return within.map((rank) => gathered[rank]!);
  }

  /** Marks the buckets that hold the ranks, and tells the ranks among the values of those alone. */
  #ranksWithin(ranks: readonly number[]): number[] {
    this.#isWanted.fill(0);
    let bucket = 0;
    let before = 0;
    let skipped = 0;
    return ranks.map((rank) => {
      while (before + this.#counts[bucket]! <= rank) {
        before += this.#counts[bucket]!;
        if (this.#isWanted[bucket] === 0) skipped += this.#counts[bucket]!;
        bucket++;
      }
      this.#isWanted[bucket] = 1;
      return rank - skipped;
    });
  }
}
