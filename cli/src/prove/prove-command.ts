import process from 'node:process';
import type { Failure } from '@quarry/contracts';
import { backtestOptions, runLimits, type BacktestFlags } from '../backtest/backtest-options.js';
import { checkAgainstData } from '../backtest/check-data.js';
import { failureWords, type StrategyOnDisk } from '../backtest/failure-words.js';
import type { Config } from '../config.js';
import { exitCodeOf, exitCodes, hasJson, type ExitCode } from '../exit-codes.js';
import { wholeFlag } from '../flags/number.js';
import { openData } from '../open-data.js';
import { defaultLimits, openRunner } from '../open-runner.js';
import { readStrategy } from '../strategy-on-disk.js';
import { paint } from '../terminal/paint.js';
import { Progress } from '../terminal/progress.js';
import { UsageError } from '../usage-error.js';
import { proofWords } from './proof-words.js';

/** The flags of `quarry prove`: those of a run, and how hard to look. */
export interface ProveFlags extends BacktestFlags {
  readonly cuts?: string;
  readonly vintage?: string;
}

const defaultCuts = 8;

/** `quarry prove`: does the strategy look ahead on these data, and after how many bars is its start forgotten. */
export async function prove(path: string, flags: ProveFlags, config: Config, signal: AbortSignal): Promise<ExitCode> {
  const options = backtestOptions(flags);
  const limits = runLimits(flags, defaultLimits);
  const cuts = flags.cuts === undefined ? defaultCuts : wholeFlag('--cuts', flags.cuts, { min: 1, max: 1000 });
  const strategy = await readStrategy(path);
  const dataset = await openData(flags.data, config);
  if ('code' in dataset) return refused(dataset, config);
  const vintage = flags.vintage === undefined ? null : await openData(flags.vintage, config);
  if (vintage && 'code' in vintage) throw new UsageError(`--vintage: ${vintage.message}`);
  checkAgainstData(options, dataset);

  const runner = await openRunner(config, limits);
  const progress = new Progress();
  try {
    const job = { source: strategy.source, dataset, options, cuts, vintage, seed: options.settings.seed };
    const report = await runner.prove(job, { signal, onProgress: (phase, done) => progress.show(phase, done) });
    progress.end();
    const code = report.failure ? exitCodeOf(report.failure) : report.holds ? exitCodes.ok : exitCodes.gateFailed;
    if (flags.json && hasJson(code)) process.stdout.write(`${JSON.stringify(report)}\n`);
    if (report.failure) refused(report.failure, config, strategy);
    else if (!flags.json)
      process.stdout.write(proofWords(report, strategy, paint(config.colour && process.stdout.isTTY)));
    return code;
  } finally {
    progress.end();
    await runner.close();
  }
}

function refused(failure: Failure, config: Config, strategy: StrategyOnDisk | null = null): ExitCode {
  process.stderr.write(failureWords(failure, strategy, paint(config.colour && process.stderr.isTTY)));
  return exitCodeOf(failure);
}
