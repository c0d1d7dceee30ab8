import type { Workshop } from '../backtest.js';
import { allAtOnce, type InParts } from '../in-parts.js';
import { keptSearch } from '../search/kept-search.js';
import { joined, runStretch, type SearchedTrial } from '../search/run-search.js';
import {
  crossValidation,
  judgedCrossValidation,
  type CrossValidationJob,
  type CrossValidationOutcome,
} from './cross-validation.js';
import { withCrossValidation } from './open-cross-validation.js';

/** A cross-validation whose trials can be run in stretches; the splits are judged when all are there. */
export function crossValidationInParts(
  workshop: Workshop,
  job: CrossValidationJob,
): InParts<SearchedTrial, CrossValidationOutcome> {
  return {
    learns: false,
    begin: (hooks = {}) => withCrossValidation(workshop, job, hooks, ({ count }) => Promise.resolve(allAtOnce(count))),
    after: () => Promise.resolve(allAtOnce(null)),
    run: (stretch, _, hooks = {}) =>
      withCrossValidation(workshop, job, hooks, ({ runs, plan, booking }) => {
        const shareOf = (done: number): number => (done - stretch.from) / (stretch.to - stretch.from);
        return keptSearch({ book: job.book, booking, hooks, shareOf }, (told) => runStretch(runs, plan, stretch, told));
      }),
    fold: (found, _, hooks = {}) =>
      judgedCrossValidation(workshop, job, hooks, () => Promise.resolve(joined(found, found))),
    whole: (hooks) => crossValidation(workshop, job, hooks),
  };
}
