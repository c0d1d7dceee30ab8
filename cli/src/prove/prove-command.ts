import { backtestOptions, runLimits, type BacktestFlags } from '../backtest/backtest-options.js';
import { checkAgainstData } from '../backtest/check-data.js';
import type { Config } from '../config.js';
import type { ExitCode } from '../exit-codes.js';
import { wholeFlag } from '../flags/number.js';
import { isRemote, type RemoteFlags } from '../flags/remote.js';
import { openData } from '../open-data.js';
import { defaultLimits, openRunner } from '../open-runner.js';
import { readStrategy } from '../strategy-on-disk.js';
import { Progress } from '../terminal/progress.js';
import { tellFailure } from '../terminal/tell-failure.js';
import { UsageError } from '../usage-error.js';
import { deliverProof } from './deliver-proof.js';

/** The flags of `quarry prove`: those of a run, and how hard to look. */
export interface ProveFlags extends BacktestFlags, RemoteFlags {
  readonly cuts?: string;
  readonly vintage?: string;
}

const defaultCuts = 8;

/** `quarry prove`: does the strategy look ahead on these data, and after how many bars is its start forgotten. */
export async function prove(path: string, flags: ProveFlags, config: Config, signal: AbortSignal): Promise<ExitCode> {
  const options = backtestOptions(flags);
  const limits = runLimits(flags, defaultLimits);
  const cuts = flags.cuts === undefined ? defaultCuts : wholeFlag('--cuts', flags.cuts, { min: 1, max: 1000 });
  if (isRemote(flags, ['vintage', 'timeout', 'memory'])) {
    const { runRemote } = await import('../remote/run-remote.js');
    return runRemote(path, { kind: 'prove', options, cuts }, { flags, config, signal });
  }
  const strategy = await readStrategy(path);
  const dataset = await openData(flags.data, config);
  if ('code' in dataset) return tellFailure(dataset, { strategy: null, flags, config });
  const vintage = flags.vintage === undefined ? null : await openData(flags.vintage, config);
  if (vintage && 'code' in vintage) throw new UsageError(`--vintage: ${vintage.message}`);
  checkAgainstData(options, dataset);

  const runner = await openRunner(config, limits);
  const progress = new Progress();
  try {
    const job = { source: strategy.source, dataset, options, cuts, vintage, seed: options.settings.seed };
    const report = await runner.prove(job, { signal, onProgress: (phase, done) => progress.show(phase, done) });
    progress.end();
    return deliverProof(report, { strategy, flags, config });
  } finally {
    progress.end();
    await runner.close();
  }
}
