import type { Config } from '../config.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { lengthFlag } from '../flags/length.js';
import { wholeFlag } from '../flags/number.js';
import { isRemote } from '../flags/remote.js';
import { LedgerFile } from '../ledger/ledger-file.js';
import { withRun } from '../open-run.js';
import { searchOptions, type SearchFlags } from '../sweep/sweep-options.js';
import { deliverReport } from '../terminal/deliver-report.js';

export interface WalkForwardFlags extends SearchFlags {
  readonly train?: string;
  readonly test?: string;
  readonly anchored?: boolean;
  readonly purge?: string;
  readonly embargo?: string;
}

const mostBars = 1e9;

/** `quarry walk-forward`: what a search would have earned on the bars that it had not seen. */
export async function walkForward(
  path: string,
  flags: WalkForwardFlags,
  config: Config,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { options, ...search } = searchOptions(flags);
  const bars = (flag: string, text = '0') => wholeFlag(flag, text, { min: 0, max: mostBars });
  const plan = {
    kind: flags.anchored ? ('anchored' as const) : ('rolling' as const),
    train: flags.train === undefined ? null : lengthFlag('--train', flags.train),
    test: flags.test === undefined ? null : lengthFlag('--test', flags.test),
    purge: bars('--purge', flags.purge),
    embargo: bars('--embargo', flags.embargo),
  };
  if (isRemote(flags, ['lanes'])) {
    const { runRemote } = await import('../remote/run-remote.js');
    return runRemote(path, { kind: 'walk-forward', options, plan, ...search }, { flags, config, signal });
  }
  return withRun(path, { flags, options, config, signal }, async ({ strategy, dataset, runner, progress }) => {
    const book = new LedgerFile(config);
    const job = { source: strategy.source, strategyName: null, dataset, options, plan, book, ...search };
    const outcome = await runner.walkForward(job, {
      signal,
      onProgress: (phase, done) => progress.show(phase === 'run' ? 'folds' : phase, done),
    });
    if ('code' in outcome) return outcome;
    await deliverReport(outcome, { flags, config, progress });
    return exitCodes.ok;
  });
}
