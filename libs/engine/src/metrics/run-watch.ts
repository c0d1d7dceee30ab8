import type { Bars } from '../bars.js';
import { basketOf } from '../basket.js';
import type { Trades } from '../results.js';
import type { BacktestSettings } from '../settings.js';
import { DrawdownWatch } from './drawdown.js';
import { ExcursionWatch } from './excursions.js';
import { ExposureWatch } from './exposure.js';

/** A run that goes on: its columns, and how many of their bars and trades are known for good. */
export interface RunInProgress {
  readonly equity: Float64Array;
  readonly exposure: Float64Array;
  readonly trades: Trades;
  readonly bars: number;
}

/** Works out what can be worked out of a run while it goes on, so that little is left to do at its end. */
export class RunWatch {
  readonly drawdowns: DrawdownWatch;
  readonly exposure: ExposureWatch;
  readonly excursions: ExcursionWatch;

  /** The columns are those that `take` and the result will have; they run along the basket's moments. */
  constructor(
    { equity, exposure }: Pick<RunInProgress, 'equity' | 'exposure'>,
    bars: readonly Bars[],
    { cash, fill }: BacktestSettings,
    basket = basketOf(bars),
  ) {
    this.drawdowns = new DrawdownWatch(equity, basket.time, cash);
    this.exposure = new ExposureWatch(exposure);
    this.excursions = new ExcursionWatch(bars, fill);
  }

  take({ trades, bars }: RunInProgress): void {
    this.drawdowns.take(bars);
    this.exposure.take(bars);
    this.excursions.take(trades);
  }
}
