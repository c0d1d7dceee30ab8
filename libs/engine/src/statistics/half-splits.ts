import { meanOf } from '../metrics/sum.js';

const { sqrt } = Math;

/** Sum and sum of squares of every trial in every block, each trial measured from its own mean. */
export interface BlockSums {
  readonly blocks: number;
  readonly rowsOfBlock: number;
  readonly means: Float64Array;
  /** By block, then trial. */
  readonly sums: readonly Float64Array[];
  readonly squares: readonly Float64Array[];
}

/** @param blocks an even number from 2 to 20 */
export function blockSums(columns: readonly Float64Array[], blocks: number): BlockSums {
  const rows = columns[0]?.length ?? 0;
  if (!(Number.isInteger(blocks / 2) && blocks >= 2 && blocks <= 20)) {
    throw new RangeError(`The rows are to be cut into ${blocks} blocks; it must be an even number from 2 to 20.`);
  }
  const rowsOfBlock = Math.floor(rows / blocks);
  if (rowsOfBlock < 2) {
    throw new RangeError(`${rows} rows in ${blocks} blocks leave fewer than 2 each. Take fewer blocks or more rows.`);
  }
  const means = new Float64Array(columns.length);
  const sums = Array.from({ length: blocks }, () => new Float64Array(columns.length));
  const squares = Array.from({ length: blocks }, () => new Float64Array(columns.length));
  columns.forEach((column, j) => {
    if (column.length !== rows) {
      throw new RangeError(`Trial ${j} has ${column.length} returns and trial 0 has ${rows}; they must be equal.`);
    }
    const used = column.subarray(rows - blocks * rowsOfBlock);
    const mean = meanOf(used);
    if (!Number.isFinite(mean)) throw new RangeError(`Trial ${j} has a return that is no number. Leave the trial out.`);
    means[j] = mean;
    for (let t = 0; t < used.length; t++) {
      const block = Math.floor(t / rowsOfBlock);
      const value = used[t]! - mean;
      sums[block]![j]! += value;
      squares[block]![j]! += value * value;
    }
  });
  return { blocks, rowsOfBlock, means, sums, squares };
}

/**
 * Tells the Sharpe ratio of every trial in each choice of half the blocks, and in the other half; 0 where nothing varies.
 * Choices come in lexical order. Their sums grow block by block along that order, so most are shared by many choices.
 */
export function eachHalf(of: BlockSums, tell: (inside: Float64Array, outside: Float64Array) => void): void {
  const { blocks, sums, squares } = of;
  const trials = of.means.length;
  const half = blocks / 2;
  const total = totals(of);
  const depthSums = Array.from({ length: half + 1 }, () => new Float64Array(trials));
  const depthSquares = Array.from({ length: half + 1 }, () => new Float64Array(trials));
  const inside = new Float64Array(trials);
  const outside = new Float64Array(trials);
  const n = half * of.rowsOfBlock;

  const choose = (depth: number, from: number): void => {
    if (depth === half) {
      const s = depthSums[half]!;
      const q = depthSquares[half]!;
      for (let j = 0; j < trials; j++) {
        const mean = of.means[j]!;
        inside[j] = sharpe(n, s[j]!, q[j]!, mean);
        outside[j] = sharpe(n, total.sums[j]! - s[j]!, total.squares[j]! - q[j]!, mean);
      }
      tell(inside, outside);
      return;
    }
    for (let block = from; block <= blocks - (half - depth); block++) {
      addInto(depthSums[depth + 1]!, depthSums[depth]!, sums[block]!);
      addInto(depthSquares[depth + 1]!, depthSquares[depth]!, squares[block]!);
      choose(depth + 1, block + 1);
    }
  };
  choose(0, 0);
}

function sharpe(n: number, sum: number, square: number, mean: number): number {
  const spread = square - (sum * sum) / n;
  return spread > 1e-300 ? (mean + sum / n) / sqrt(spread / (n - 1)) : 0;
}

function totals({ means, sums, squares }: BlockSums): { readonly sums: Float64Array; readonly squares: Float64Array } {
  const all = { sums: new Float64Array(means.length), squares: new Float64Array(means.length) };
  for (const column of sums) addInto(all.sums, all.sums, column);
  for (const column of squares) addInto(all.squares, all.squares, column);
  return all;
}

function addInto(target: Float64Array, a: Float64Array, b: Float64Array): void {
  for (let j = 0; j < target.length; j++) target[j] = a[j]! + b[j]!;
}
