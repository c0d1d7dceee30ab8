import type { Workshop } from '../backtest.js';
import { allAtOnce, type InParts } from '../in-parts.js';
import type { FoldOutcome } from './fold.js';
import { withWalk } from './open-walk.js';
import {
  runFolds,
  toldWalkForward,
  walkForward,
  type WalkForwardJob,
  type WalkForwardOutcome,
} from './walk-forward.js';

/** As many trials as make a part of a sweep worth while. */
const trialsPerPart = 64;

/** A walk-forward whose folds can be run in stretches. */
export function walkForwardInParts(workshop: Workshop, job: WalkForwardJob): InParts<FoldOutcome, WalkForwardOutcome> {
  return {
    learns: false,
    begin: (hooks = {}) =>
      withWalk(workshop, job, hooks, ({ windows, each }) =>
        Promise.resolve(allAtOnce(windows.length, Math.ceil(trialsPerPart / each))),
      ),
    after: () => Promise.resolve(allAtOnce(null)),
    run: (stretch, _, hooks = {}) => withWalk(workshop, job, hooks, (opened) => runFolds(opened, job, stretch, hooks)),
    fold: (found, _, hooks = {}) => toldWalkForward(workshop, job, hooks, () => Promise.resolve(found)),
    whole: (hooks) => walkForward(workshop, job, hooks),
  };
}
