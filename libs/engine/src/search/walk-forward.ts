/** Rows from `from` up to, but without, `to`. */
export interface Rows {
  readonly from: number;
  readonly to: number;
}

/** One step of a walk-forward: parameters are chosen on `train`, and count on `test`. */
export interface Window {
  readonly train: Rows;
  readonly test: Rows;
}

export interface WalkForwardPlan {
  readonly rows: number;
  /** `rolling`: training has one length. `anchored`: it starts at the first row and grows. */
  readonly kind: 'rolling' | 'anchored';
  /** Rows of training, at least (anchored), or exactly (rolling). */
  readonly train: number;
  readonly test: number;
  /** Rows before each test left out of training because their labels reach into it: as many as a label looks ahead. 0 if left out. */
  readonly purge?: number;
  /** Further rows left out before those, for what serial correlation carries over. 0 if left out. */
  readonly embargo?: number;
}

/** The windows of a walk-forward (Pardo 1992), tests one after another without a gap. The last may be short. */
export function walkForwardWindows(plan: WalkForwardPlan): Window[] {
  const { rows, kind, train, test, purge = 0, embargo = 0 } = plan;
  for (const [name, count, least] of [
    ['rows', rows, 2],
    ['train', train, 1],
    ['test', test, 1],
    ['purge', purge, 0],
    ['embargo', embargo, 0],
  ] as const) {
    if (!(Number.isInteger(count) && count >= least)) {
      throw new RangeError(`A walk-forward has ${name} ${count}; it must be a whole number from ${least} on.`);
    }
  }
  const gap = purge + embargo;
  const first = train + gap;
  if (first >= rows) {
    throw new RangeError(
      `${train} rows of training and a gap of ${gap} leave nothing of ${rows} to test on. Take a shorter training.`,
    );
  }
  const windows: Window[] = [];
  for (let from = first; from < rows; from += test) {
    const end = from - gap;
    const start = kind === 'anchored' ? 0 : end - train;
    windows.push({ train: { from: start, to: end }, test: { from, to: Math.min(rows, from + test) } });
  }
  return windows;
}
