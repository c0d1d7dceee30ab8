import type { TeamLoad } from './admission-policy.js';

/** A team's part of the cluster, and what it has had of it. */
export interface Share {
  /** Two teams that both wait get worker-seconds in proportion to their weights. */
  readonly weight: number;
  /** At most so many of its slices are in the queue or running at once; null is no limit. */
  readonly concurrentSlices: number | null;
  /** Worker-seconds per weight, on the cluster's virtual clock. */
  readonly used: number;
  /** What a slice of it takes, as its last ones did, seconds. */
  readonly meanSeconds: number;
  /** Whether it waited for its turn when the shares were last settled. */
  readonly competed: boolean;
}

/** Of a team that nothing is known of. */
export const newShare: Share = { weight: 1, concurrentSlices: null, used: 0, meanSeconds: 1, competed: false };

/** How much one more attempt says about what the next will take. */
const recency = 0.2;

/**
 * Charges each team what ended, and sets those that begin to compete to the cluster's clock. The clock follows the least
 * served team that competes, running slices counted so far, and never goes back.
 */
export function settle(
  teams: readonly TeamLoad[],
  clock: number,
): { readonly clock: number; readonly shares: ReadonlyMap<string, Share> } {
  const settled = teams.map((team) => ({ team, share: settledShare(team, clock) }));
  const competing = settled.filter(({ share }) => share.competed);
  const reached = competing.map(({ team, share }) => share.used + sum(team.running) / share.weight);
  return {
    clock: reached.length === 0 ? clock : Math.max(clock, Math.min(...reached)),
    shares: new Map(settled.map(({ team, share }) => [team.teamId, share])),
  };
}

function settledShare({ share, ended, waiting, running, dispatched }: TeamLoad, clock: number): Share {
  const competed = waiting.length > 0 && running.length + dispatched < (share.concurrentSlices ?? Infinity);
  const used = share.used + sum(ended) / share.weight;
  const heed = 1 - (1 - recency) ** ended.length;
  const mean = ended.length === 0 ? share.meanSeconds : sum(ended) / ended.length;
  return {
    ...share,
    competed,
    used: competed && !share.competed ? Math.max(used, clock) : used,
    meanSeconds: share.meanSeconds + heed * (mean - share.meanSeconds),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
