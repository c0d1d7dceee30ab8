import { type LabelSpans, purgedTraining } from './purged-training.js';
import type { Rows } from './walk-forward.js';

/** Which rows a fold learns from, and on which it is tested. */
export interface Fold {
  readonly train: Int32Array;
  readonly tests: readonly Rows[];
  /** Which groups of rows the tests are. */
  readonly groups: readonly number[];
}

/** Combinatorial purged cross-validation: its folds, and the paths through all rows that their tests make up. */
export interface CombinatorialFolds {
  readonly folds: readonly Fold[];
  /** By path, then group: the fold whose test of that group is part of the path. */
  readonly paths: readonly Int32Array[];
}

const mostFolds = 100_000;

/** k folds of nearly equal length in order of time, each tested once, training purged (López de Prado 2018, ch. 7). */
export function purgedFolds(folds: number, spans: LabelSpans): Fold[] {
  return combinatorialFolds({ groups: folds, tested: 1 }, spans).folds.slice();
}

/**
 * All C(N, k) choices of k of N groups of rows as tests. Every group is tested C(N - 1, k - 1) times, which is k / N
 * times C(N, k), the number of whole paths (López de Prado 2018, ch. 12).
 */
export function combinatorialFolds(
  { groups, tested }: { readonly groups: number; readonly tested: number },
  spans: LabelSpans,
): CombinatorialFolds {
  const { rows } = spans;
  if (!(Number.isInteger(groups) && groups >= 2 && groups <= rows)) {
    throw new RangeError(`${rows} rows are to be cut into ${groups} groups; it must be from 2 to the number of rows.`);
  }
  if (!(Number.isInteger(tested) && tested >= 1 && tested < groups)) {
    throw new RangeError(`${tested} of ${groups} groups are to be tested; it must be at least 1, and leave one.`);
  }
  const group = (g: number): Rows => ({
    from: Math.floor((g * rows) / groups),
    to: Math.floor(((g + 1) * rows) / groups),
  });
  const folds: Fold[] = [];
  for (const chosen of choices(groups, tested)) {
    if (folds.length === mostFolds) {
      throw new RangeError(
        `Choosing ${tested} of ${groups} groups makes more than ${mostFolds} folds. Take fewer groups.`,
      );
    }
    const tests = chosen.map(group);
    folds.push({ train: purgedTraining(tests, spans), tests, groups: chosen });
  }
  const count = (folds.length * tested) / groups;
  const paths = Array.from({ length: count }, () => new Int32Array(groups));
  const met = new Int32Array(groups);
  folds.forEach((fold, index) => fold.groups.forEach((g) => (paths[met[g]!++]![g] = index)));
  return { folds, paths };
}

/** How many folds that makes: C(N, k). */
export function foldCount({ groups, tested }: { readonly groups: number; readonly tested: number }): number {
  let count = 1;
  for (let i = 1; i <= tested; i++) count = (count * (groups - tested + i)) / i;
  return count;
}

/** All choices of k of the numbers from 0 to n - 1, in lexical order. */
function* choices(n: number, k: number, from = 0): Generator<number[]> {
  if (k === 0) {
    yield [];
    return;
  }
  for (let first = from; first <= n - k; first++) {
    for (const rest of choices(n, k - 1, first + 1)) yield [first, ...rest];
  }
}
