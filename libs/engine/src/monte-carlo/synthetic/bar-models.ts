import { inFirstUnits } from '../../actions/in-first-units.js';
import type { Bars } from '../../bars.js';
import type { Rng } from '../random-stream.js';
import { blockBars, fitBlockBars } from './block-bars.js';
import { fitGarchBars, garchBars } from './garch-bars.js';
import { fitGbmBars, gbmBars } from './gbm-bars.js';
import { fitMertonBars, mertonBars } from './merton-bars.js';
import { fitRegimeBars, regimeBars } from './regime-bars.js';

/** A maker of synthetic bars that are like a dataset's, on which a strategy runs again: every figure may change. */
export interface BarModel<Parameters> {
  /** The hypothesis that its bars stand for, in a sentence for the screen. */
  readonly null: string;
  /** @throws RangeError where the bars are too few, or do not vary */
  fit(bars: Bars): Parameters;
  /** Bars with the times of those fitted to. All chance comes from the generator. */
  path(parameters: Parameters, rng: Rng): Bars;
}

/** A split in raw prices is no return. */
const model = <Parameters>(of: BarModel<Parameters>): BarModel<Parameters> => ({
  ...of,
  fit: (bars) => of.fit(inFirstUnits(bars)),
});

export const barModels = {
  blocks: model({
    null: 'Bars come in runs of random length, as they did, and the runs are independent.',
    fit: fitBlockBars,
    path: blockBars,
  }),
  gbm: model({ null: 'Log returns are independent and normal.', fit: fitGbmBars, path: gbmBars }),
  merton: model({
    null: 'Log returns are independent and normal, but for jumps that come at random.',
    fit: fitMertonBars,
    path: mertonBars,
  }),
  garch: model({
    null: 'Shocks are independent and normal; their size follows from the sizes before, GARCH(1,1).',
    fit: fitGarchBars,
    path: garchBars,
  }),
  regimes: model({
    null: 'Two regimes, calm and wild, follow each other as a Markov chain; in each, returns are independent and normal.',
    fit: fitRegimeBars,
    path: regimeBars,
  }),
} as const;
