import { type Decision, decisionsOf, type Tape } from './decisions.js';

/** Where two runs of a strategy part: what the one decided, and what the other did in its place. */
export interface Difference {
  /** The moment of the earlier of the two. */
  readonly moment: number;
  readonly before: Decision | null;
  readonly after: Decision | null;
}

/**
 * The first decision in which two runs differ, of those told before a moment; null where there is none. Moments count
 * alike in both: their bars begin alike.
 * @param by whether amounts and prices count, or only what is done
 * @throws TapeError where a tape is none that a run could have written
 */
export function firstDifference(
  before: Tape,
  after: Tape,
  until: number,
  by: 'words' | 'kind' = 'words',
): Difference | null {
  const others = decisionsOf(after);
  for (const one of decisionsOf(before)) {
    if (one.moment >= until) break;
    const other = next(others, until);
    if (other === null || !isSame(one, other, by)) {
      return { moment: Math.min(one.moment, other?.moment ?? Infinity), before: one, after: other };
    }
  }
  const extra = next(others, until);
  return extra && { moment: extra.moment, before: null, after: extra };
}

function next(decisions: Generator<Decision, void>, until: number): Decision | null {
  const { value } = decisions.next();
  return value && value.moment < until ? value : null;
}

function isSame(a: Decision, b: Decision, by: 'words' | 'kind'): boolean {
  return a.moment === b.moment && a.symbol === b.symbol && a[by] === b[by];
}
