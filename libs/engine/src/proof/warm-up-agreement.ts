import { type Decision, decisionsOf, type Tape } from './decisions.js';

/** From when on a run that began later decides as the one that saw more past. */
export interface Agreement {
  /** Moments of the later run after which nothing differs any more; null where the last decision still differs. */
  readonly exactAfter: number | null;
  /** The same where amounts and prices may differ, as they do when the account is worth something else. */
  readonly kindAfter: number | null;
  /** Decisions of the two runs in the stretch that both saw; without any there is nothing to agree on. */
  readonly decisions: number;
}

/**
 * Compares a run with one whose bars begin `skipped` moments later. Decisions are held against each other moment by
 * moment: what was told at one moment is compared as a whole.
 */
export function agreementOf(whole: Tape, later: Tape, skipped: number, length: number): Agreement {
  const was = byMoment(whole, skipped);
  const is = byMoment(later, 0);
  const moments = [...new Set([...was.keys(), ...is.keys()])].sort((a, b) => a - b);
  const last = (of: (decision: Decision) => string): number =>
    moments.findLast((moment) => told(was.get(moment), of) !== told(is.get(moment), of)) ?? -1;
  const newest = moments.at(-1) ?? -1;
  const after = (differs: number): number | null => (differs >= 0 && differs === newest ? null : differs + 1);
  return {
    exactAfter: length > 0 ? after(last(({ symbol, words }) => `${symbol} ${words}`)) : null,
    kindAfter: length > 0 ? after(last(({ symbol, kind }) => `${symbol} ${kind}`)) : null,
    decisions: moments.length,
  };
}

function byMoment(tape: Tape, skipped: number): Map<number, Decision[]> {
  const found = new Map<number, Decision[]>();
  for (const decision of decisionsOf(tape)) {
    const moment = decision.moment - skipped;
    if (moment < 0) continue;
    const others = found.get(moment);
    if (others) others.push(decision);
    else found.set(moment, [decision]);
  }
  return found;
}

function told(decisions: readonly Decision[] = [], of: (decision: Decision) => string): string {
  return decisions.map(of).join('\n');
}
