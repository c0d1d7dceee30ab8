import { createHash } from 'node:crypto';
import type { DatasetInfo, LogLine, Manifest, Report } from '@quarry/contracts';
import {
  computeMetrics,
  decodeTape,
  orderListBytes,
  replay,
  RunStudy,
  TapeError,
  type BacktestResult,
  type Bars,
} from '@quarry/engine/host';
import { buildReportWithoutTrades, listedTrades, type ListedTrades } from '../report/index.js';
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
  | { readonly kind: 'report'; readonly report: Report; readonly trades: ListedTrades }
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
  const run = { result, bars, settings, benchmark: manifest.benchmark };
  const study = new RunStudy(run);
  const report = buildReportWithoutTrades({
    ...job,
    study,
    orderListHash: createHash('sha256').update(orderListBytes(result.orders)).digest('hex'),
    metrics: computeMetrics(manifest.profile, { ...run, study }),
  });
  return { kind: 'report', report, trades: listedTrades(study) };
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
