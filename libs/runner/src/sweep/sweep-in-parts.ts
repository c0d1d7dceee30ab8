import type { Workshop } from '../backtest.js';
import { allAtOnce, partsThatPay, type InParts, type Standing } from '../in-parts.js';
import { keptSearch } from '../search/kept-search.js';
import {
  afterGeneration,
  generationsOf,
  joined,
  learns,
  runGeneration,
  runStretch,
  type SearchedTrial,
} from '../search/run-search.js';
import { orRefusal } from '../search/search-base.js';
import type { TrialRuns } from '../trials/trial-runs.js';
import { withSweep } from './open-sweep.js';
import { judgedSweep, sweep, type SweepJob, type SweepOutcome } from './sweep.js';

/** A sweep whose trials can be run in stretches: of all of them, or of a generation if earlier trials decide on later. */
export function sweepInParts(workshop: Workshop, job: SweepJob): InParts<SearchedTrial, SweepOutcome> {
  const isLearning = learns(job.search);
  return {
    learns: isLearning,
    begin: (hooks = {}) =>
      withSweep(workshop, job, hooks, ({ runs, plan, count }) =>
        orRefusal(() => Promise.resolve(isLearning ? standing(runs, generationsOf(plan), []) : allAtOnce(count))),
      ),
    after: (known, found, hooks = {}) =>
      withSweep(workshop, job, hooks, ({ runs, plan }) => {
        const next = generationsOf(plan);
        return orRefusal(() => Promise.resolve(standing(runs, next, afterGeneration(next, known, found))));
      }),
    run: (stretch, known, hooks = {}) =>
      withSweep(workshop, job, hooks, ({ runs, plan, booking }) => {
        const shareOf = (done: number): number => (done - stretch.from) / (stretch.to - stretch.from);
        return orRefusal(() =>
          keptSearch({ book: job.book, booking, hooks, shareOf }, (told) =>
            isLearning ? runGeneration(runs, plan, { ...stretch, known }, told) : runStretch(runs, plan, stretch, told),
          ),
        );
      }),
    fold: (found, known, hooks = {}) =>
      judgedSweep(workshop, job, hooks, ({ count }) => {
        const trials = joined(isLearning ? known : found, found);
        return Promise.resolve({ trials, stoppedEarly: trials.length < count });
      }),
    whole: (hooks) => sweep(workshop, job, hooks),
  };
}

function standing(
  { barCount }: TrialRuns,
  next: ReturnType<typeof generationsOf>,
  known: Parameters<typeof next>[0],
): Standing {
  const asked = next(known);
  return {
    known,
    next: asked && { from: known.length, to: known.length + asked.length },
    block: 1,
    parts: partsThatPay(asked?.length ?? 0, barCount),
  };
}
