import type { Failure, ReturnFigures } from '@quarry/contracts';
import { basketOf, dayCloses, returnFigure, sampleTimes } from '@quarry/engine/host';
import type { Workshop } from '../backtest.js';
import type { RunHooks } from '../runner.js';
import { bookingOf, type Booking } from '../search/booking.js';
import { returnObjective } from '../search/return-objective.js';
import { countTrials, learns, type SearchPlan } from '../search/run-search.js';
import { badParameters, orRefusal } from '../search/search-base.js';
import { spaceOf } from '../search/space-of.js';
import type { TrialRuns } from '../trials/trial-runs.js';
import { withTrialRuns } from '../trials/with-trial-runs.js';
import type { CrossValidationJob } from './cross-validation.js';
import { requireRoom } from './room.js';

/** A cross-validation that can begin. */
export interface OpenedCrossValidation {
  readonly runs: TrialRuns;
  readonly plan: SearchPlan;
  /** Of its trials. */
  readonly count: number;
  readonly objective: keyof ReturnFigures;
  readonly booking: Booking;
  /** At which each return ends, µs UTC; how many of them a year has; and what they are of, in words. */
  readonly times: Float64Array;
  readonly perYear: number;
  readonly basis: string;
}

/** Opens strategy and data, does work over them, and closes them. What space, grid or plan refuse is a failure. */
export async function withCrossValidation<T>(
  workshop: Workshop,
  job: CrossValidationJob,
  hooks: RunHooks,
  work: (opened: OpenedCrossValidation) => Promise<T | Failure>,
): Promise<T | Failure> {
  const { search, options } = job;
  const objective = returnObjective(search.objective, 'A cross-validation');
  if (typeof objective !== 'string') return objective;
  if (learns(search)) return badParameters(learnsFault(search));
  return withTrialRuns(workshop, job, hooks, (runs) =>
    orRefusal(() => {
      const searched = spaceOf(runs.info.params, search, options.params);
      const clock = basketOf(runs.bars());
      const { at, perYear, basis } = sampleTimes(clock, dayCloses(clock));
      const count = countTrials({ space: searched.space, options: search });
      requireRoom(job.plan, { rows: at.length - 1, trials: count });
      const plan: SearchPlan = {
        ...searched,
        options: search,
        valueOf: (result) => ('failure' in result ? NaN : returnFigure(objective, result.returns, perYear)),
      };
      const booking = bookingOf(workshop, job, runs, searched.fixed);
      const times = Float64Array.from(at.subarray(1), (bar) => clock.time[bar]!);
      return work({ runs, plan, count, objective, booking, times, perYear, basis });
    }),
  );
}

function learnsFault({ method, patience }: CrossValidationJob['search']): string {
  const why =
    patience === null
      ? `The method "${method}" chooses later trials by how earlier ones did on all of the data, tests included`
      : 'A search with patience ends by how its trials did on all of the data, tests included';
  return `${why}; a cross-validation takes trials that do not learn. Search with grid, random or sobol, without patience.`;
}
