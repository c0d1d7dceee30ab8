import type { Failure, ReturnFigures, WalkForwardPlan, WalkForwardPlanGiven } from '@quarry/contracts';
import { basketOf, walkForwardWindows, type Bars, type Window } from '@quarry/engine/host';
import type { Workshop } from '../backtest.js';
import type { RunHooks } from '../runner.js';
import { bookingOf, type Booking } from '../search/booking.js';
import { returnObjective } from '../search/return-objective.js';
import { countTrials } from '../search/run-search.js';
import { orRefusal } from '../search/search-base.js';
import { spaceOf, type SearchedSpace } from '../search/space-of.js';
import type { TrialRuns } from '../trials/trial-runs.js';
import { withTrialRuns } from '../trials/with-trial-runs.js';
import type { WalkForwardJob } from './walk-forward.js';

/** Tests make up so many parts of the data after the first training, where no lengths are given. */
const testsWanted = 8;

/** A walk-forward that can begin. */
export interface OpenedWalk {
  readonly runs: TrialRuns;
  readonly searched: SearchedSpace;
  readonly objective: keyof ReturnFigures;
  readonly plan: WalkForwardPlan;
  readonly windows: readonly ReturnType<typeof timesOf>[];
  /** Runs of a fold: its trials, and its test. */
  readonly each: number;
  readonly booking: Booking;
}

/** Opens strategy and data, does work over them, and closes them. What space or plan refuse is a failure. */
export async function withWalk<T>(
  workshop: Workshop,
  job: WalkForwardJob,
  hooks: RunHooks,
  work: (opened: OpenedWalk) => Promise<T | Failure>,
): Promise<T | Failure> {
  const { search, options } = job;
  const objective = returnObjective(search.objective, 'A walk-forward');
  if (typeof objective !== 'string') return objective;
  return withTrialRuns(workshop, job, hooks, (runs) =>
    orRefusal(() => {
      const searched = spaceOf(runs.info.params, search, options.params);
      const clock = basketOf(runs.bars());
      const plan = planOf(job.plan, clock);
      const windows = walkForwardWindows({ ...plan, rows: clock.length }).map((window) => timesOf(window, clock));
      const each = countTrials({ space: searched.space, options: search }) + 1;
      const booking = bookingOf(workshop, job, runs, searched.fixed);
      return work({ runs, searched, objective, plan, windows, each, booking });
    }),
  );
}

/** Bars for lengths of time are those that the data have of it in the mean. */
function planOf(given: WalkForwardPlanGiven, { length, time }: Bars): WalkForwardPlan {
  const span = time[length - 1]! - time[0]!;
  const bars = (of: NonNullable<WalkForwardPlanGiven['train']>): number =>
    'bars' in of ? of.bars : Math.max(1, Math.round((of.microseconds / span) * (length - 1)));
  const gap = given.purge + given.embargo;
  const test = given.test
    ? bars(given.test)
    : Math.max(1, Math.floor((length - gap - (given.train ? bars(given.train) : length / 3)) / testsWanted));
  const train = given.train ? bars(given.train) : Math.max(1, Math.floor(length / 3));
  return { kind: given.kind, train, test, purge: given.purge, embargo: given.embargo };
}

/** A window by the times at which its stretches begin and end. */
function timesOf({ train, test }: Window, { time, length }: Bars) {
  const at = (row: number): number => (row < length ? time[row]! : time[length - 1]! + 1);
  const stretch = ({ from, to }: Window['train']) => ({
    ...{ from: time[from]!, to: at(to), last: time[to - 1]! },
    bars: to - from,
  });
  return { train: stretch(train), test: stretch(test) };
}
