import { createHash } from 'node:crypto';
import type { BacktestSettings, DatasetInfo, LogLine, Manifest, Report } from '@quarry/contracts';
import {
  basketOf,
  computeMetrics,
  orderListBytes,
  Replay,
  RunStudy,
  RunWatch,
  TapeError,
  type BacktestResult,
  type Bars,
} from '@quarry/engine/host';
import { buildReportWithoutTrades, CurveWatch, listedTrades, type ListedTrades } from '../report/index.js';

/** A run whose guest has answered, and all that its report needs beside its bars and tape. The final equity is the guest's word. */
export interface SettleJob {
  readonly guestEquity: number;
  readonly strategyName: string;
  readonly manifest: Manifest;
  readonly manifestHash: string;
  readonly dataset: DatasetInfo;
  /** Symbols of the run that have no bars in its range. */
  readonly absent: readonly string[];
  readonly log: readonly LogLine[];
  readonly logCut: boolean;
  readonly environment: Report['environment'];
}

/** `report` comes without its trades: ten thousand of them pass between threads faster as columns. */
export type Settled =
  | { readonly kind: 'report'; readonly report: Report; readonly trades: ListedTrades }
  | { readonly kind: 'bad-result'; readonly message: string };

/**
 * Replays a guest's orders through the same broker while the guest still runs, and reports what that yields: nothing the
 * guest claims counts. Orders that no guest of ours could have given, or a claim that differs from the replay, are a bad
 * result.
 */
export class Follower {
  readonly #bars: readonly Bars[];
  /** All of them as one, with the account's clock. */
  readonly #basket: Bars;
  readonly #settings: BacktestSettings;
  readonly #replay: Replay;
  readonly #watch: RunWatch;
  readonly #curve: CurveWatch;
  readonly #orderListHash = createHash('sha256');
  #hashedOrders = 0;
  #refusal: string | null = null;

  /** `previous` is one whose run is settled: its memory is used again. */
  constructor(bars: readonly Bars[], settings: BacktestSettings, previous: Follower | null) {
    this.#bars = bars;
    this.#basket = basketOf(bars);
    this.#settings = settings;
    this.#replay = new Replay(bars, settings, previous && previous.#replay);
    const { progress } = this.#replay;
    this.#watch = new RunWatch(progress, bars, settings, this.#basket);
    this.#curve = new CurveWatch(progress.equity, settings.cash);
  }

  /** How many bars it is over, of all series. */
  get length(): number {
    return this.#bars.reduce((sum, { length }) => sum + length, 0);
  }

  take(block: Uint8Array): void {
    this.#refusal ??= refusalOf(() => {
      this.#replay.take(block);
      const { progress } = this.#replay;
      this.#watch.take(progress);
      this.#curve.take(progress.bars);
      const { orders } = this.#replay;
      this.#hash(orders, orders.settled);
    });
  }

  settle(job: SettleJob): Settled {
    let result: BacktestResult | null = null;
    this.#refusal ??= refusalOf(() => (result = this.#replay.finish()));
    if (this.#refusal !== null || !result) return { kind: 'bad-result', message: this.#refusal ?? '' };
    const { orders } = result as BacktestResult;
    this.#hash(orders, orders.length);
    return this.#reportOf(job, result);
  }

  #reportOf(job: SettleJob, result: BacktestResult): Settled {
    const bars = this.#bars;
    const settings = this.#settings;
    const equity = result.equity.at(-1) ?? settings.cash;
    if (!Object.is(equity, job.guestEquity)) {
      const message = `The strategy's process claims a final equity of ${job.guestEquity}; its orders yield ${equity}.`;
      return { kind: 'bad-result', message };
    }
    const { profile, benchmark } = job.manifest;
    const basket = this.#basket;
    const run = { result, bars, basket, settings, benchmark };
    const study = new RunStudy(run, this.#watch);
    const report = buildReportWithoutTrades({
      ...job,
      study,
      orderListHash: this.#orderListHash.digest('hex'),
      metrics: computeMetrics(profile, { ...run, study }),
      curve: this.#curve.curve(),
    });
    return { kind: 'report', report, trades: listedTrades(study) };
  }

  #hash(orders: BacktestResult['orders'], end: number): void {
    for (const piece of orderListBytes(orders, this.#hashedOrders, end)) this.#orderListHash.update(piece);
    this.#hashedOrders = end;
  }
}

function refusalOf(attempt: () => void): string | null {
  try {
    attempt();
    return null;
  } catch (error) {
    if (error instanceof TapeError) return `The strategy's process returned orders that cannot be: ${error.message}`;
    throw error;
  }
}
