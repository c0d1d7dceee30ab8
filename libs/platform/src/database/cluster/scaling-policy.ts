/** What the wish for workers depends on. */
export interface ScalingView {
  readonly paused: boolean;
  /** Slices that wait, admitted to the queue or not. */
  readonly waiting: number;
  /** What they will take, by the last ones of their teams, worker-seconds. */
  readonly waitingSeconds: number;
  /** Age of the oldest, seconds. */
  readonly oldestSeconds: number;
  readonly running: number;
  /** Lanes of one worker. */
  readonly lanesPerWorker: number;
}

/** What the policy remembers from one look to the next; times in seconds. */
export interface ScalingState {
  readonly wanted: number;
  readonly changedAt: number;
  /** Since when fewer workers would have done; null where that is not so. */
  readonly quietSince: number | null;
}

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** What waits should have begun within so many seconds, as far as workers can see to it. */
const patience = 10;
const oldEnough = 5;
const coolDownUp = 5;
const coolDownDown = 15;
/** Fewer workers are wanted only after so long a time in which fewer would have done. */
const quiet = 60;

/**
 * How many workers are wanted. Up in steps that at most double, as soon as what waits is more than the lanes there are
 * work off in 10 seconds, or has waited for 5; down one by one after a quiet minute. Between steps it rests, so that a
 * step shows its effect before the next.
 */
export function wantedWorkers(
  view: ScalingView,
  before: ScalingState,
  { min, max }: Bounds,
  now: number,
): ScalingState {
  const needed = within(neededWorkers(view), min, max);
  const wanted = within(before.wanted, min, max);
  const state = wanted === before.wanted ? before : { ...before, wanted, changedAt: now };
  const rested = now - state.changedAt;
  if (needed > wanted) {
    if (rested < coolDownUp) return { ...state, quietSince: null };
    return { wanted: Math.min(needed, Math.max(1, 2 * wanted)), changedAt: now, quietSince: null };
  }
  if (needed === wanted) return { ...state, quietSince: null };

  const quietSince = state.quietSince ?? now;
  if (now - quietSince < quiet || rested < coolDownDown) return { ...state, quietSince };
  return { wanted: wanted - 1, changedAt: now, quietSince };
}

function neededWorkers({
  paused,
  waiting,
  waitingSeconds,
  oldestSeconds,
  running,
  lanesPerWorker,
}: ScalingView): number {
  const forWaiting = Math.max(waitingSeconds / patience, waiting > 0 && oldestSeconds > oldEnough ? 1 : 0);
  const lanes = running + (paused ? 0 : Math.min(waiting, forWaiting));
  return Math.max(Math.ceil(lanes / lanesPerWorker), !paused && waiting > 0 ? 1 : 0);
}

function within(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
