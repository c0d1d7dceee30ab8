import type { Workshop } from '../backtest.js';
import { allAtOnce, type InParts, type Standing } from '../in-parts.js';
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
import { searchHooks, withSweep } from './open-sweep.js';
import { judgedSweep, sweep, type SweepJob, type SweepOutcome } from './sweep.js';
import { triedIn } from './tried-in.js';

/** A sweep whose trials can be run in stretches: of all of them, or of a generation if earlier trials decide on later. */
export function sweepInParts(workshop: Workshop, job: SweepJob): InParts<SearchedTrial, SweepOutcome> {
  const isLearning = learns(job.search);
  return {
    learns: isLearning,
    begin: (hooks = {}) =>
      withSweep(workshop, job, hooks, ({ plan, count }) =>
        orRefusal(() => Promise.resolve(isLearning ? standing(generationsOf(plan), []) : allAtOnce(count))),
      ),
    after: (known, found, hooks = {}) =>
      withSweep(workshop, job, hooks, ({ plan }) => {
        const next = generationsOf(plan);
        return orRefusal(() => Promise.resolve(standing(next, afterGeneration(next, known, found))));
      }),
    run: (stretch, known, hooks = {}) =>
      withSweep(workshop, job, hooks, async ({ runs, plan }) => {
        const shareOf = (done: number): number => (done - stretch.from) / (stretch.to - stretch.from);
        const told = searchHooks(hooks, shareOf);
        const found = await orRefusal(() =>
          isLearning ? runGeneration(runs, plan, { ...stretch, known }, told) : runStretch(runs, plan, stretch, told),
        );
        if ('code' in found) return found;
        const { family, own } = triedIn(workshop, job, { runs, plan, trials: found });
        return { found, tried: { family, trials: own } };
      }),
    fold: (found, known, hooks = {}) =>
      judgedSweep(workshop, job, hooks, ({ count }) => {
        const trials = joined(isLearning ? known : found, found);
        return Promise.resolve({ trials, stoppedEarly: trials.length < count });
      }),
    whole: (hooks) => sweep(workshop, job, hooks),
  };
}

function standing(next: ReturnType<typeof generationsOf>, known: Parameters<typeof next>[0]): Standing {
  const asked = next(known);
  return { known, next: asked && { from: known.length, to: known.length + asked.length }, block: 1 };
}
