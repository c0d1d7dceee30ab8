import type { Report } from '@quarry/contracts';
import type { BacktestJob } from '../runner.js';
import { dataHash, familyOf, triedHash } from './trial-book.js';

/** Writes a backtest down as a trial of its family, and tells how many there are; nothing where no book is kept. */
export async function noteTrial({ book, family }: BacktestJob, report: Report): Promise<Report['ledger']> {
  const { manifest, metrics, distribution, strategyName } = report;
  if (!book || !manifest) return undefined;
  // Other profiles have another ratio under the same name.
  const sharpe = manifest.profile === 'v1' ? metrics.find(({ id }) => id === 'sharpe')?.value : undefined;
  const trial = {
    paramsHash: triedHash(manifest, manifest.params),
    dataHash: dataHash(manifest),
    sharpe: Number(sharpe ?? NaN),
    observations: distribution?.counts.reduce((sum, count) => sum + count, 0) ?? 0,
  };
  const name = familyOf(family ?? strategyName);
  const known = await book.record(name, [trial]);
  return { family: name, trials: known.length };
}
