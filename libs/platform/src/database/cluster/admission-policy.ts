import { settle, type Share } from './fair-share.js';

/** A slice that waits for admission, as its dispatch will name it. */
interface WaitingSlice {
  readonly sliceId: string;
  readonly runId: string;
  readonly number: number;
}

/** What one team has in the cluster now. */
export interface TeamLoad {
  readonly teamId: string;
  readonly share: Share;
  /** The first of its waiting slices: by priority, then by age. */
  readonly waiting: readonly WaitingSlice[];
  /** How long each of its running slices has run, seconds. */
  readonly running: readonly number[];
  /** How many of its slices are in the queue and not taken by a lane. */
  readonly dispatched: number;
  /** Attempts that ended since its share was last settled, seconds. */
  readonly ended: readonly number[];
}

export interface ClusterLoad {
  /** Lanes of live workers that take slices. */
  readonly lanes: number;
  /** The cluster's virtual clock: what the least served team that competed had used, worker-seconds per weight. */
  readonly clock: number;
  readonly teams: readonly TeamLoad[];
}

export interface Admitted extends WaitingSlice {
  readonly teamId: string;
  /** Goes before what waits in the queue: its team has used less than any that has slices there. */
  readonly ahead: boolean;
}

export interface Admission {
  readonly admitted: readonly Admitted[];
  readonly shares: ReadonlyMap<string, Share>;
  readonly clock: number;
}

/** So much work may wait in the queue for each lane, seconds, so that no lane of tiny slices stands idle between two rounds … */
export const aheadSeconds = 0.25;
/** … and no more slices than this; one always may. */
export const mostAhead = 32;

/**
 * Who goes to the queue next: start-time fair queueing (Goyal, Vin & Cheng 1996) over worker-seconds. The team that has
 * used least per weight is next, what runs and waits in the queue counted in; within it priority, then age. A team that
 * comes back begins at the cluster's clock: it keeps what it owes and gets no credit for the time it was away.
 */
export function admit({ lanes, clock: before, teams }: ClusterLoad): Admission {
  const { clock, shares } = settle(teams, before);
  const contenders = teams.map((team) => new Contender(team, shares.get(team.teamId) ?? team.share));
  const admitted: Admitted[] = [];
  for (;;) {
    const next = leastServed(contenders.filter((contender) => contender.mayHaveMore));
    if (!next) break;
    const others = contenders.filter((contender) => contender !== next && contender.dispatched > 0);
    const ahead = others.every((other) => next.standing < other.served);
    if (!hasRoom(lanes, contenders) && !(ahead && next.dispatched === 0)) break;
    const slice = next.take();
    if (slice) admitted.push({ ...slice, teamId: next.teamId, ahead: ahead && others.length > 0 });
  }
  return { admitted, shares, clock };
}

/** The teams of which more may be let in, the one that has used least first: whose turn it is. */
export function leastServedFirst({ clock, teams }: ClusterLoad): string[] {
  const { shares } = settle(teams, clock);
  return teams
    .map((team) => new Contender(team, shares.get(team.teamId) ?? team.share))
    .filter((contender) => contender.mayHaveMore)
    .toSorted((a, b) => a.standing - b.standing || a.inFlight - b.inFlight)
    .map(({ teamId }) => teamId);
}

/** One slice may always wait in the queue, so that a worker that has not told of itself yet finds work. */
function hasRoom(lanes: number, contenders: readonly Contender[]): boolean {
  const running = sum(contenders.map((contender) => contender.running));
  const dispatched = sum(contenders.map((contender) => contender.dispatched));
  const waiting = running + dispatched - lanes;
  if (waiting < Math.max(1, lanes)) return true;
  const seconds = sum(contenders.map((contender) => contender.dispatched * contender.meanSeconds));
  return seconds < lanes * aheadSeconds && waiting < lanes * mostAhead;
}

/** A team while a round goes on. */
class Contender {
  readonly teamId: string;
  readonly running: number;
  readonly meanSeconds: number;
  /** What it has used, running slices counted as what they will take at least, worker-seconds per weight. */
  readonly served: number;
  dispatched: number;
  private readonly share: Share;
  private readonly waiting: WaitingSlice[];

  constructor(team: TeamLoad, share: Share) {
    this.teamId = team.teamId;
    this.running = team.running.length;
    this.meanSeconds = share.meanSeconds;
    this.served = share.used + sum(team.running.map((seconds) => Math.max(seconds, share.meanSeconds))) / share.weight;
    this.dispatched = team.dispatched;
    this.share = share;
    this.waiting = [...team.waiting];
  }

  get inFlight(): number {
    return this.running + this.dispatched;
  }

  get mayHaveMore(): boolean {
    return this.waiting.length > 0 && this.inFlight < (this.share.concurrentSlices ?? Infinity);
  }

  /** What it will have used when all that was let in has run. */
  get standing(): number {
    return this.served + (this.dispatched * this.meanSeconds) / this.share.weight;
  }

  take(): WaitingSlice | undefined {
    this.dispatched += 1;
    return this.waiting.shift();
  }
}

function leastServed(contenders: readonly Contender[]): Contender | undefined {
  return contenders.reduce<Contender | undefined>((least, contender) => {
    if (!least || contender.standing < least.standing) return contender;
    const isEven = contender.standing === least.standing;
    return isEven && contender.inFlight < least.inFlight ? contender : least;
  }, undefined);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
