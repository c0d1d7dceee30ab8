import type { Failure, SearchBase } from '@quarry/contracts';
import type { Workshop } from '../backtest.js';
import { manifestOf } from '../replay/manifest.js';
import type { BacktestJob } from '../runner.js';
import type { TrialRuns } from '../trials/trial-runs.js';

/** The run that all trials vary, as its manifest says it. */
export function baseOf(
  { sandbox }: Pick<Workshop, 'sandbox'>,
  { dataset, options }: Pick<BacktestJob, 'dataset' | 'options'>,
  { info }: TrialRuns,
): SearchBase {
  const { from, to, symbols, interval, prices, strategyHash } = info;
  const engineHash = sandbox.engineHash;
  const { params: _, ...base } = manifestOf({
    ...{ dataset, options, from, to, symbols, interval, prices, strategyHash, engineHash },
    params: {},
  });
  return base;
}

export function badParameters(message: string): Failure {
  return { code: 'bad-parameters', message, position: null, diagnostics: [] };
}

/** What the work yields, or as a failure what spaces, grids and constraints refuse: it is the person's to mend. */
export async function orRefusal<T>(work: () => Promise<T>): Promise<T | Failure> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RangeError) return badParameters(error.message);
    throw error;
  }
}
