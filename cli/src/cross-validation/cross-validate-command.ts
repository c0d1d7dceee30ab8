import type { Config } from '../config.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { wholeFlag } from '../flags/number.js';
import { isRemote } from '../flags/remote.js';
import { LedgerFile } from '../ledger/ledger-file.js';
import { withRun } from '../open-run.js';
import { searchOptions, type SearchFlags } from '../sweep/sweep-options.js';
import { deliverReport } from '../terminal/deliver-report.js';
import { UsageError } from '../usage-error.js';

export interface CrossValidateFlags extends SearchFlags {
  readonly groups?: string;
  readonly testGroups?: string;
  readonly purge?: string;
  readonly embargo?: string;
}

const mostGroups = 1_000;
const mostReturns = 1e9;

/** `quarry cross-validate`: how the result of a search spreads over accounts that it was not searched on. */
export async function crossValidate(
  path: string,
  flags: CrossValidateFlags,
  config: Config,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { options, ...search } = searchOptions(flags);
  const plan = planOf(flags);
  if (isRemote(flags, ['lanes'])) {
    const { runRemote } = await import('../remote/run-remote.js');
    return runRemote(path, { kind: 'cross-validate', options, plan, ...search }, { flags, config, signal });
  }
  return withRun(path, { flags, options, config, signal }, async ({ strategy, dataset, runner, progress }) => {
    const book = new LedgerFile(config);
    const job = { source: strategy.source, strategyName: null, dataset, options, plan, book, ...search };
    const outcome = await runner.crossValidate(job, {
      signal,
      onProgress: (phase, done) => progress.show(phase === 'run' ? 'trials' : phase, done),
    });
    if ('code' in outcome) return outcome;
    await deliverReport(outcome, { flags, config, progress });
    return exitCodes.ok;
  });
}

function planOf(flags: CrossValidateFlags) {
  const groups = wholeFlag('--groups', flags.groups ?? '10', { min: 2, max: mostGroups });
  const testGroups = wholeFlag('--test-groups', flags.testGroups ?? '2', { min: 1, max: mostGroups });
  if (testGroups >= groups) {
    throw new UsageError(
      `--test-groups ${testGroups} of --groups ${groups} leaves nothing to train on. Test fewer, or make more groups.`,
    );
  }
  const returns = (flag: string, text = '0'): number => wholeFlag(flag, text, { min: 0, max: mostReturns });
  return { groups, testGroups, purge: returns('--purge', flags.purge), embargo: returns('--embargo', flags.embargo) };
}
