import process from 'node:process';
import type { BacktestOptions, Failure } from '@quarry/contracts';
import type { LocalDataset, Runner } from '@quarry/runner';
import { runLimits } from './backtest/backtest-options.js';
import { checkAgainstData } from './backtest/check-data.js';
import type { StrategyOnDisk } from './backtest/failure-words.js';
import { checkReportFolder } from './backtest/report-folder.js';
import type { Config } from './config.js';
import { refusedRows } from './data/refused-rows.js';
import type { ExitCode } from './exit-codes.js';
import { openData } from './open-data.js';
import { defaultLimits, openRunner } from './open-runner.js';
import { readStrategy } from './strategy-on-disk.js';
import { Progress } from './terminal/progress.js';
import { tellFailure } from './terminal/tell-failure.js';

interface RunFlags {
  readonly data: string;
  readonly out?: string;
  readonly json?: boolean;
  readonly timeout?: string;
  readonly memory?: string;
}

/** What a command that runs a strategy many times works with. */
export interface OpenedRun {
  readonly strategy: StrategyOnDisk;
  readonly dataset: LocalDataset;
  readonly runner: Runner;
  readonly progress: Progress;
}

/**
 * Opens strategy, data and runner, does the work, and closes them; what fails is told. Wrong usage is thrown before
 * anything runs.
 */
export async function withRun(
  path: string,
  {
    flags,
    options,
    config,
    signal,
  }: { flags: RunFlags; options: BacktestOptions; config: Config; signal: AbortSignal },
  work: (run: OpenedRun) => Promise<ExitCode | Failure>,
): Promise<ExitCode> {
  if (flags.out !== undefined) await checkReportFolder(flags.out);
  const strategy = await readStrategy(path);
  const dataset = await openData(flags.data, config);
  signal.throwIfAborted();
  if ('code' in dataset) return tellFailure(dataset, { strategy: null, flags, config });
  checkAgainstData(options, dataset);
  process.stderr.write(refusedRows(dataset.info));
  const runner = await openRunner(config, runLimits(flags, defaultLimits));
  if (runner.wall !== 'full')
    process.stderr.write(`The wall around the strategy is "${runner.wall}": ${runner.wallDetail}.\n`);
  const progress = new Progress();
  try {
    const ended = await work({ strategy, dataset, runner, progress });
    if (typeof ended === 'number') return ended;
    progress.end();
    return tellFailure(ended, { strategy, flags, config });
  } finally {
    progress.end();
    await runner.close();
  }
}
