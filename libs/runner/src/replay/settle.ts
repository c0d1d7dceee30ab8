import { createHash } from 'node:crypto';
import type { DatasetInfo, LogLine, Manifest, Report } from '@quarry/contracts';
import {
  computeMetrics,
  decodeTape,
  drawdownsOf,
  orderListBytes,
  replay,
  TapeError,
  type BacktestResult,
  type Bars,
  type Trades,
} from '@quarry/engine/host';
import { buildReportWithoutTrades, listedTrades } from '../report/index.js';
import type { SeriesFiles } from '../sandbox/sandbox.js';

/** A run whose guest has answered, and all that its report needs. The tape and the final equity are the guest's word. */
export interface ReplayJob {
  readonly series: readonly SeriesFiles[];
  readonly tape: Uint8Array;
  readonly guestEquity: number;
  readonly strategyName: string;
  readonly manifest: Manifest;
  readonly manifestHash: string;
  readonly dataset: DatasetInfo;
  readonly log: readonly LogLine[];
  readonly logCut: boolean;
  readonly environment: Report['environment'];
}

/** `report` comes without its trades: ten thousand of them pass between threads faster as columns. */
export type Settled =
  | { readonly kind: 'report'; readonly report: Report; readonly trades: Trades }
  | { readonly kind: 'bad-result'; readonly message: string };

/**
 * Replays a guest's orders through the same broker and reports what that yields: nothing the guest claims counts.
 * Orders that no guest of ours could have given, or a claim that differs from the replay, are a bad result.
 */
export function settle(job: ReplayJob, bars: readonly Bars[]): Settled {
  const { manifest } = job;
  const { settings } = manifest;
  const result = replayed(bars, job);
  if (typeof result === 'string') return { kind: 'bad-result', message: result };

  const equity = result.equity.at(-1) ?? settings.cash;
  if (!Object.is(equity, job.guestEquity)) {
    const message = `The strategy's process claims a final equity of ${job.guestEquity}; its orders yield ${equity}.`;
    return { kind: 'bad-result', message };
  }
  const report = buildReportWithoutTrades({
    ...job,
    bars,
    result,
    orderListHash: createHash('sha256').update(orderListBytes(result.orders)).digest('hex'),
    metrics: computeMetrics(manifest.profile, { result, bars, settings, benchmark: manifest.benchmark }),
    drawdowns: drawdownsOf(result.equity, bars[0]!.time),
    benchmark: manifest.benchmark === 'buy-and-hold' ? boughtAndHeld(bars[0]!, settings.cash) : null,
  });
  return { kind: 'report', report, trades: listedTrades(result.trades) };
}

/** The result of a guest's orders; words where they cannot be. */
export function replayed(
  bars: readonly Bars[],
  { manifest, tape }: Pick<ReplayJob, 'manifest' | 'tape'>,
): BacktestResult | string {
  try {
    return replay(bars, manifest.settings, decodeTape(tape));
  } catch (error) {
    if (error instanceof TapeError) return `The strategy's process returned orders that cannot be: ${error.message}`;
    throw error;
  }
}

/** What the cash would be worth at a bar's close, had it bought the first series at its first close. */
function boughtAndHeld({ close }: Bars, cash: number): (bar: number) => number {
  const units = cash / (close[0] ?? NaN);
  return (bar) => units * close[bar]!;
}
