import { judgeSplits } from '../cross-validation/judge-splits.js';
import { pathFigures } from '../monte-carlo/path-figures.js';
import { figureIntervals } from '../search/figure-intervals.js';
import { luckOf } from '../sweep/luck.js';

/** What takes long enough to be done in a thread: a process that waits for it must still hear, beat and cancel. */
export const computations = { luckOf, pathFigures, figureIntervals, judgeSplits };
export type Computations = typeof computations;
