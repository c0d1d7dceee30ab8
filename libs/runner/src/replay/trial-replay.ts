import type { BacktestSettings } from '@quarry/contracts';
import {
  barsBetween,
  basketOf,
  computeMetrics,
  delayedTape,
  missedTape,
  RandomStream,
  Replay,
  RunStudy,
  TapeError,
  trialMetrics,
  withPrices,
  type BacktestResult,
  type Bars,
  type TimeRange,
} from '@quarry/engine/host';

/** What befalls the orders of a trial on their way to the market. `missed` draws by (seed, index). */
export type TapeStress =
  | { readonly kind: 'delayed'; readonly bars: number }
  | { readonly kind: 'missed'; readonly probability: number; readonly seed: number; readonly index: number };

/** A trial whose guest has answered. */
export interface TrialTask {
  readonly settings: BacktestSettings;
  /** Null: all bars. */
  readonly range: TimeRange | null;
  /** Of the first series, in place of the dataset's: open, high, low, close, volume, one after the other. */
  readonly prices: Float64Array | null;
  readonly tape: Uint8Array;
  /** The final equity by the guest's word. */
  readonly claim: number;
  readonly stress: TapeStress | null;
  /** All metrics of profile v1, or those that cost little. */
  readonly metrics: 'few' | 'all';
  /** Also what the account and its trades did from sample to sample. */
  readonly detail: boolean;
}

/** What a trial came to, all of it out of the host's own replay. */
export interface TrialFigures {
  readonly metrics: Readonly<Record<string, number>>;
  /** Returns between samples, how many samples a year has, and which they are. */
  readonly returns: Float64Array;
  readonly perYear: number;
  readonly basis: string;
  readonly detail: TrialDetail | null;
}

interface TrialDetail {
  /** Start of the bar of each sample, µs UTC, and equity at its close; one more than there are returns. */
  readonly times: Float64Array;
  readonly equity: Float64Array;
  /** Of each closed trade in the order of exits: its net P&L over what the account had made of its cash before. */
  readonly tradeReturns: Float64Array;
}

export type TrialAnswer =
  | { readonly kind: 'figures'; readonly figures: TrialFigures }
  /** `bad-result`: orders that no guest of ours could have given. `bad-parameters`: a stress that these orders cannot bear. */
  | { readonly kind: 'bad-result' | 'bad-parameters'; readonly message: string };

/** Replays trials one after another over the same bars. Each takes over the memory of the one before. */
export class TrialReplay {
  readonly #bars: readonly Bars[];
  #previous: Replay | null = null;
  #cut: { readonly range: TimeRange | null; readonly bars: readonly Bars[]; readonly basket: Bars };

  constructor(bars: readonly Bars[]) {
    this.#bars = bars;
    this.#cut = { range: null, bars, basket: basketOf(bars) };
  }

  run(task: TrialTask): TrialAnswer {
    try {
      return this.#run(task);
    } catch (error) {
      if (error instanceof TapeError) {
        return {
          kind: 'bad-result',
          message: `The strategy's process returned orders that cannot be: ${error.message}`,
        };
      }
      if (task.stress && error instanceof RangeError) return { kind: 'bad-parameters', message: error.message };
      throw error;
    }
  }

  #run({ settings, range, prices, tape, claim, stress, metrics, detail }: TrialTask): TrialAnswer {
    const { bars, basket } = this.#over(range, prices);
    const replay = new Replay(bars, settings, this.#previous);
    this.#previous = replay;
    replay.take(stress ? stressed(tape, stress, bars[0]!.length) : tape);
    const result = replay.finish();
    const equity = result.equity.at(-1) ?? settings.cash;
    if (!stress && !Object.is(equity, claim)) {
      const message = `The strategy's process claims a final equity of ${claim}; its orders yield ${equity}.`;
      return { kind: 'bad-result', message };
    }
    const run = { result, bars, basket, settings, benchmark: 'none' } as const;
    const study = new RunStudy(run);
    const figures = metrics === 'all' ? computeMetrics('v1', { ...run, study }) : trialMetrics(study);
    const { returns, sampling } = study;
    return {
      kind: 'figures',
      figures: {
        metrics: Object.fromEntries(figures.map(({ id, value }) => [id, value])),
        returns,
        perYear: sampling.perYear,
        basis: sampling.basis,
        detail: detail ? detailOf(study, result) : null,
      },
    };
  }

  #over(range: TimeRange | null, prices: Float64Array | null): { bars: readonly Bars[]; basket: Bars } {
    const known = this.#cut.range;
    if (range?.from !== known?.from || range?.to !== known?.to) {
      const bars = range ? barsBetween(this.#bars, range) : this.#bars;
      this.#cut = { range, bars, basket: basketOf(bars) };
    }
    if (!prices) return this.#cut;
    const bars = [withPrices(this.#cut.bars[0]!, prices), ...this.#cut.bars.slice(1)];
    return { bars, basket: basketOf(bars) };
  }
}

function stressed(tape: Uint8Array, stress: TapeStress, bars: number): Uint8Array {
  if (stress.kind === 'delayed') return delayedTape(tape, { delay: stress.bars, bars });
  return missedTape(tape, stress.probability, new RandomStream(stress.seed, stress.index));
}

function detailOf({ clock, sampling, run }: RunStudy, { equity, trades }: BacktestResult): TrialDetail {
  const at = Array.from(sampling.at);
  const closed = Array.from({ length: trades.length }, (_, i) => i).filter((i) => trades.open[i] === 0);
  closed.sort((a, b) => trades.exitTime[a]! - trades.exitTime[b]!);
  let account = run.settings.cash;
  const tradeReturns = Float64Array.from(closed, (i) => {
    const before = account;
    account += trades.pnl[i]!;
    return before > 0 ? trades.pnl[i]! / before : 0;
  });
  return {
    times: Float64Array.from(at, (bar) => clock.time[bar]!),
    equity: Float64Array.from(at, (bar) => equity[bar]!),
    tradeReturns,
  };
}
