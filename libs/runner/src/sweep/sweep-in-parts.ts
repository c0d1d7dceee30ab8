import type { Workshop } from '../backtest.js';
import type { InParts } from '../in-parts.js';
import { canBeCut, joined, runStretch, type SearchedTrial } from '../search/run-search.js';
import { orRefusal } from '../search/search-base.js';
import { searchHooks, withSweep } from './open-sweep.js';
import { judgedSweep, sweep, type SweepJob, type SweepOutcome } from './sweep.js';

/** A sweep whose trials can be run in stretches, if earlier ones do not decide on later. */
export function sweepInParts(workshop: Workshop, job: SweepJob): InParts<SearchedTrial, SweepOutcome> {
  return {
    count: async (hooks = {}) =>
      canBeCut(job.search) ? withSweep(workshop, job, hooks, ({ count }) => Promise.resolve(count)) : null,
    run: (stretch, hooks = {}) =>
      withSweep(workshop, job, hooks, ({ runs, plan }) => {
        const shareOf = (done: number): number => (done - stretch.from) / (stretch.to - stretch.from);
        return orRefusal(() => runStretch(runs, plan, stretch, searchHooks(hooks, shareOf)));
      }),
    fold: (found, hooks = {}) => judgedSweep(workshop, job, hooks, () => Promise.resolve(joined(found))),
    whole: (hooks) => sweep(workshop, job, hooks),
  };
}
