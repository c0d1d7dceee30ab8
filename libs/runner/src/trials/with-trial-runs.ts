import type { Failure } from '@quarry/contracts';
import type { Workshop } from '../backtest.js';
import type { RunHooks } from '../runner.js';
import { TrialRuns } from './trial-runs.js';

/** Opens strategy and data for trials, does work over them, and closes them. */
export async function withTrialRuns<T>(
  workshop: Workshop,
  job: Parameters<typeof TrialRuns.open>[1],
  hooks: RunHooks,
  work: (runs: TrialRuns) => Promise<T | Failure>,
): Promise<T | Failure> {
  hooks.onProgress?.('compile', 0);
  const runs = await TrialRuns.open(workshop, job, hooks);
  if ('code' in runs) return runs;
  try {
    return await work(runs);
  } finally {
    await runs.close();
  }
}
