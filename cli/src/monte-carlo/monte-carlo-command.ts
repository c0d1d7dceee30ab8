import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure } from '@quarry/contracts';
import type { MonteCarloJob, Runner } from '@quarry/runner';
import { checkReportFolder } from '../backtest/report-folder.js';
import type { Config } from '../config.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { wholeFlag } from '../flags/number.js';
import { isRemote } from '../flags/remote.js';
import { withRun } from '../open-run.js';
import { openRunner } from '../open-runner.js';
import { deliverReport } from '../terminal/deliver-report.js';
import { Progress } from '../terminal/progress.js';
import { UsageError } from '../usage-error.js';
import { monteCarloOptions, monteCarloRun, type MonteCarloFlags } from './monte-carlo-options.js';

/** `quarry monte-carlo`: over a finished backtest, or over a strategy that is run for it here or on a server. */
export async function monteCarlo(
  path: string,
  flags: MonteCarloFlags,
  config: Config,
  signal: AbortSignal,
): Promise<ExitCode> {
  const options = monteCarloOptions(flags);
  if (isRemote(flags, ['lanes'])) return onServer(path, { flags, config, signal, options });
  const isReport = flags.data === undefined && existsSync(join(path, 'report.json'));
  if (flags.data === undefined && !isReport) {
    throw new UsageError(
      `"${path}" holds no report.json. Name the folder of a backtest that was written with --out, or a strategy and --data.`,
    );
  }
  if (isReport) return overReport(path, { flags, config, signal, options });
  const lanes = flags.lanes === undefined ? {} : { lanes: wholeFlag('--lanes', flags.lanes, { min: 1, max: 64 }) };
  const run = monteCarloRun(flags);
  const runFlags = { ...flags, data: flags.data ?? '' };
  return withRun(
    path,
    { flags: runFlags, options: run, config, signal },
    async ({ strategy, dataset, runner, progress }) => {
      const { source } = strategy;
      const constraints = flags.constraint ?? [];
      const job = { run: { source, strategyName: null, dataset, options: run }, options, constraints, ...lanes };
      return deliver(runner, job, { flags, config, signal, progress });
    },
  );
}

interface Surroundings {
  readonly flags: MonteCarloFlags;
  readonly config: Config;
  readonly signal: AbortSignal;
}

async function onServer(
  path: string,
  { options: simulation, ...around }: Surroundings & { readonly options: MonteCarloJob['options'] },
): Promise<ExitCode> {
  const { data, constraint = [] } = around.flags;
  if (data === undefined) {
    throw new UsageError('--remote runs a strategy on the server: name one, and with --data a dataset of your team.');
  }
  const { runRemote } = await import('../remote/run-remote.js');
  const constraints = [...constraint];
  const work = { kind: 'monte-carlo' as const, options: monteCarloRun(around.flags), simulation, constraints };
  return runRemote(path, work, { ...around, flags: { ...around.flags, data } });
}

async function overReport(
  folder: string,
  { options, ...around }: Surroundings & { readonly options: MonteCarloJob['options'] },
): Promise<ExitCode> {
  const { flags, config } = around;
  if (flags.out !== undefined) await checkReportFolder(flags.out);
  const runner = await openRunner(config);
  const progress = new Progress();
  try {
    const ended = await deliver(runner, { run: { folder }, options }, { ...around, progress });
    // Nothing of a strategy's ran: all that can be wrong is what was asked for.
    if (typeof ended === 'object') throw new UsageError(ended.message);
    return ended;
  } finally {
    progress.end();
    await runner.close();
  }
}

async function deliver(
  runner: Runner,
  job: MonteCarloJob,
  { flags, config, signal, progress }: Surroundings & { readonly progress: Progress },
): Promise<ExitCode | Failure> {
  const outcome = await runner.monteCarlo(job, {
    signal,
    onProgress: (phase, done) => progress.show(phase === 'run' ? 'paths' : phase, done),
  });
  if ('code' in outcome) return outcome;
  await deliverReport(outcome, { flags, config, progress });
  return exitCodes.ok;
}
