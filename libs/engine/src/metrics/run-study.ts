import type { Bars } from '../bars.js';
import { basketOf } from '../basket.js';
import type { BacktestResult } from '../results.js';
import type { BacktestSettings } from '../settings.js';
import type { DrawdownStudy } from './drawdown.js';
import type { Excursions } from './excursions.js';
import type { ExposureSummary } from './exposure.js';
import { monthlyReturns, type MonthlyReturn } from './monthly-returns.js';
import { rollingFigures, rollingWindow, type RollingFigures } from './rolling.js';
import { RunWatch } from './run-watch.js';
import { returnsAt, sampleTimes, type Sampling } from './sampling.js';
import { dayCloses, type DayCloses } from './session-days.js';

/** A run as its figures and pictures see it. */
export interface StudiedRun {
  readonly result: BacktestResult;
  /** The run's list of series, of which one has a bar at least. */
  readonly bars: readonly Bars[];
  /** All of them as one, along whose moments equity and exposure run; made where it is not given. */
  readonly basket?: Bars;
  readonly settings: BacktestSettings;
  readonly benchmark: 'none' | 'buy-and-hold';
}

/** What several figures and pictures of a run rest on: worked out when first asked for, and once. */
export class RunStudy {
  readonly run: StudiedRun;
  /** What equity runs along, and what a benchmark holds: the run's one series, or all of them as one basket. */
  readonly clock: Bars;
  readonly #watch: RunWatch;
  #days: DayCloses | null = null;
  #sampling: Sampling | null = null;
  #returns: Float64Array | null = null;
  #marketReturns: Float64Array | null = null;
  #drawdowns: DrawdownStudy | null = null;
  #excursions: Excursions | null = null;
  #exposure: ExposureSummary | null = null;
  #months: readonly MonthlyReturn[] | null = null;
  #rolling: RollingFigures | null = null;

  /**
   * @param watch one that has followed the run, where there is one
   * @throws RangeError where the run has no bar
   */
  constructor(run: StudiedRun, watch?: RunWatch) {
    const clock = run.bars.length > 0 ? (run.basket ?? basketOf(run.bars)) : null;
    if (!clock || clock.length === 0) throw new RangeError('A run without bars has nothing to study.');
    this.run = run;
    this.clock = clock;
    this.#watch = watch ?? new RunWatch(run.result, run.bars, run.settings, clock);
  }

  get days(): DayCloses {
    return (this.#days ??= dayCloses(this.clock));
  }

  /** Which bars the ratios of profile v1 look at. */
  get sampling(): Sampling {
    return (this.#sampling ??= sampleTimes(this.clock, this.days));
  }

  /** Returns of the account between samples. */
  get returns(): Float64Array {
    return (this.#returns ??= returnsAt(this.run.result.equity, this.sampling.at));
  }

  /** Returns of the clock's prices over the same periods: the benchmark that is bought and held. */
  get marketReturns(): Float64Array {
    return (this.#marketReturns ??= returnsAt(this.clock.close, this.sampling.at));
  }

  /** From the starting cash on, over every bar. */
  get drawdowns(): DrawdownStudy {
    return (this.#drawdowns ??= this.#watch.drawdowns.study());
  }

  get excursions(): Excursions {
    return (this.#excursions ??= this.#watch.excursions.study(this.run.result.trades));
  }

  get exposure(): ExposureSummary {
    return (this.#exposure ??= this.#watch.exposure.study());
  }

  get months(): readonly MonthlyReturn[] {
    return (this.#months ??= monthlyReturns(this.days, this.run.result.equity, this.run.settings.cash));
  }

  /** The same months of the clock's prices: what holding them from its first close on returned. */
  get marketMonths(): readonly MonthlyReturn[] {
    return monthlyReturns(this.days, this.clock.close, this.clock.close[0]!);
  }

  /** Over half a year of samples at a time. */
  get rolling(): RollingFigures {
    const { perYear } = this.sampling;
    const market = this.run.benchmark === 'none' ? null : this.marketReturns;
    return (this.#rolling ??= rollingFigures(this.returns, market, rollingWindow(perYear), perYear));
  }
}
