import { createHash } from 'node:crypto';
import type { BacktestSettings, DatasetInfo, LogLine, Manifest, Report } from '@quarry/contracts';
import {
  basketOf,
  computeMetrics,
  drawdownsOf,
  orderListBytes,
  Replay,
  TapeError,
  type BacktestResult,
  type Bars,
  type Trades,
} from '@quarry/engine/host';
import { buildReportWithoutTrades, listedTrades, tradesByMoment } from '../report/index.js';

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
  | { readonly kind: 'report'; readonly report: Report; readonly trades: Trades }
  | { readonly kind: 'bad-result'; readonly message: string };

/**
 * Replays a guest's orders through the same broker while the guest still runs, and reports what that yields: nothing the
 * guest claims counts. Orders that no guest of ours could have given, or a claim that differs from the replay, are a bad
 * result.
 */
export class Follower {
  readonly #bars: readonly Bars[];
  readonly #basket: Bars;
  readonly #settings: BacktestSettings;
  readonly #replay: Replay;
  #refusal: string | null = null;

  /** `previous` is one whose run is settled: its memory is used again. */
  constructor(bars: readonly Bars[], settings: BacktestSettings, previous: Follower | null) {
    this.#bars = bars;
    this.#basket = basketOf(bars);
    this.#settings = settings;
    this.#replay = new Replay(bars, settings, previous && previous.#replay);
  }

  /** How many bars it is over, of all series. */
  get length(): number {
    return this.#bars.reduce((sum, { length }) => sum + length, 0);
  }

  take(block: Uint8Array): void {
    this.#refusal ??= refusalOf(() => this.#replay.take(block));
  }

  settle(job: SettleJob): Settled {
    let result: BacktestResult | null = null;
    this.#refusal ??= refusalOf(() => (result = this.#replay.finish()));
    if (this.#refusal !== null || !result) return { kind: 'bad-result', message: this.#refusal ?? '' };
    return reportOf(job, { bars: this.#bars, basket: this.#basket, settings: this.#settings, result });
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

interface Replayed {
  readonly bars: readonly Bars[];
  /** All of them as one, with the account's clock. */
  readonly basket: Bars;
  readonly settings: BacktestSettings;
  readonly result: BacktestResult;
}

function reportOf(job: SettleJob, { bars, basket, settings, result }: Replayed): Settled {
  const equity = result.equity.at(-1) ?? settings.cash;
  if (!Object.is(equity, job.guestEquity)) {
    const message = `The strategy's process claims a final equity of ${job.guestEquity}; its orders yield ${equity}.`;
    return { kind: 'bad-result', message };
  }
  const { profile, benchmark } = job.manifest;
  const orderListHash = hashOf(result.orders);
  const metrics = computeMetrics(profile, { result, bars: [basket], settings, benchmark });
  const drawdowns = drawdownsOf(result.equity, basket.time);
  const report = buildReportWithoutTrades({
    ...job,
    ...{ bars, basket, result, metrics, drawdowns, orderListHash },
    benchmark: benchmark === 'buy-and-hold' ? boughtAndHeld(basket, settings.cash) : null,
  });
  return { kind: 'report', report, trades: tradesByMoment(listedTrades(result.trades), bars, basket) };
}

function hashOf(orders: BacktestResult['orders']): string {
  const hash = createHash('sha256');
  for (const piece of orderListBytes(orders)) hash.update(piece);
  return hash.digest('hex');
}

/** What the cash would be worth at a bar's close, had it bought these bars at their first close. */
function boughtAndHeld({ close }: Bars, cash: number): (bar: number) => number {
  const units = cash / (close[0] ?? NaN);
  return (bar) => units * close[bar]!;
}
