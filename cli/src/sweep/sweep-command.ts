import type { Config } from '../config.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { wholeFlag } from '../flags/number.js';
import { isRemote } from '../flags/remote.js';
import { LedgerFile } from '../ledger/ledger-file.js';
import { withRun } from '../open-run.js';
import { deliverReport } from '../terminal/deliver-report.js';
import { tellFailure } from '../terminal/tell-failure.js';
import { searchOptions, type SweepFlags } from './sweep-options.js';

/** `quarry sweep`: the best trials of a search, and what luck explains of them. */
export async function sweep(path: string, flags: SweepFlags, config: Config, signal: AbortSignal): Promise<ExitCode> {
  const { options, ...search } = searchOptions(flags);
  const top = wholeFlag('--top', flags.top ?? '10', { min: 1, max: 100 });
  if (isRemote(flags, ['lanes'])) {
    const { runRemote } = await import('../remote/run-remote.js');
    return runRemote(path, { kind: 'sweep', options, ...search }, { flags, config, signal, top });
  }
  return withRun(path, { flags, options, config, signal }, async ({ strategy, dataset, runner, progress }) => {
    const job = {
      source: strategy.source,
      strategyName: null,
      dataset,
      options,
      book: new LedgerFile(config),
      ...search,
    };
    const outcome = await runner.sweep(job, {
      signal,
      onProgress: (phase, done) => progress.show(phase === 'run' ? 'trials' : phase, done),
    });
    if ('code' in outcome) return outcome;
    const { report } = outcome;
    await deliverReport(outcome, { flags, config, progress, top });
    const failure = report.ranking.length > 0 ? null : report.trials.find((trial) => trial.failure)?.failure;
    // The report has been printed and written all the same.
    return failure ? tellFailure(failure, { strategy, flags: {}, config }) : exitCodes.ok;
  });
}
