import type { Rows } from './walk-forward.js';

/** What ties rows to each other, so that those next to a test may not be learnt from. */
export interface LabelSpans {
  readonly rows: number;
  /** The last row that the label of row i looks at, at least i. Each row only at itself if left out. */
  readonly labelEnd?: ArrayLike<number>;
  /** Rows after each test that are left out of training. 0 if left out. */
  readonly embargo?: number;
}

/**
 * The rows to train on for given tests: all others, less those whose label overlaps a test's labels (purging), less
 * those that follow a test within the embargo (López de Prado, Advances in Financial Machine Learning, 2018, ch. 7).
 */
export function purgedTraining(tests: readonly Rows[], { rows, labelEnd, embargo = 0 }: LabelSpans): Int32Array {
  const endOf = (row: number): number => {
    const end = labelEnd ? labelEnd[row]! : row;
    if (!(end >= row)) throw new RangeError(`The label of row ${row} ends at row ${end}, before it.`);
    return end;
  };
  const out = new Uint8Array(rows);
  for (const { from, to } of tests) {
    let last = to - 1;
    for (let row = from; row < to; row++) last = Math.max(last, endOf(row));
    out.fill(1, from, Math.min(rows, last + 1 + embargo));
    for (let row = 0; row < from; row++) if (endOf(row) >= from) out[row] = 1;
  }
  const training: number[] = [];
  for (let row = 0; row < rows; row++) if (out[row] === 0) training.push(row);
  return Int32Array.from(training);
}
