import type { CrossValidationPlan } from '@quarry/contracts';
import { combinatorialFolds, foldCount, type CombinatorialFolds } from '@quarry/engine/host';

const mostSplits = 2_000;
/** Numbers that are held at once: 400 MB. */
const mostNumbers = 50_000_000;
/** Returns that are looked at in all, which takes minutes. */
const mostWork = 10_000_000_000;

/** The folds of a plan over so many returns. Purging takes each return for a label that looks `purge` returns ahead. */
export function foldsOf({ groups, testGroups, purge, embargo }: CrossValidationPlan, rows: number): CombinatorialFolds {
  const labelEnd = Int32Array.from({ length: rows }, (_, row) => Math.min(rows - 1, row + purge));
  return combinatorialFolds({ groups, tested: testGroups }, { rows, labelEnd, embargo });
}

/**
 * Refuses, before anything is run, what would find no room or no end, or would leave a split nothing to train on.
 * @throws RangeError in a sentence with the way out
 */
export function requireRoom(plan: CrossValidationPlan, { rows, trials }: { rows: number; trials: number }): void {
  const { groups, testGroups, purge, embargo } = plan;
  if (rows < groups) {
    throw new RangeError(`There are ${rows} returns for ${groups} groups. Take fewer groups, or more data.`);
  }
  const splits = foldCount({ groups, tested: testGroups });
  if (splits > mostSplits) {
    throw new RangeError(
      `Testing ${testGroups} of ${groups} groups makes ${splits} splits; at most ${mostSplits} are judged. Take fewer groups, like 10 of which 2 are tested.`,
    );
  }
  if (trials * rows > mostNumbers) {
    throw new RangeError(
      `${trials} trials of ${rows} returns each are ${trials * rows} numbers, and at most ${mostNumbers} are kept. Take fewer trials, or longer bars.`,
    );
  }
  if (splits * rows > mostNumbers || splits * rows * trials > mostWork) {
    throw new RangeError(
      `Judging ${trials} trials of ${rows} returns each in ${splits} splits has no end in sight. Take fewer groups or trials, or longer bars.`,
    );
  }
  const least = foldsOf(plan, rows).folds.reduce((some, { train }) => Math.min(some, train.length), Infinity);
  if (least < 2) {
    throw new RangeError(
      `A purge of ${purge} and an embargo of ${embargo} around ${testGroups} of ${groups} tested groups leave ${least} of ${rows} returns to train on. Take smaller gaps or fewer tested groups.`,
    );
  }
}
