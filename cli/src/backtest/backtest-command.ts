import process from 'node:process';
import type { Failure } from '@quarry/contracts';
import { failedReport } from '@quarry/runner';
import type { Config } from '../config.js';
import type { ExitCode } from '../exit-codes.js';
import { isRemote, type RemoteFlags } from '../flags/remote.js';
import { LedgerFile } from '../ledger/ledger-file.js';
import { openData } from '../open-data.js';
import { defaultLimits, openRunner } from '../open-runner.js';
import { readStrategy } from '../strategy-on-disk.js';
import { Progress } from '../terminal/progress.js';
import { tellFailure } from '../terminal/tell-failure.js';
import { quarryVersion } from '../version.js';
import { backtestOptions, familyFlag, runLimits, type BacktestFlags } from './backtest-options.js';
import { refusedRows } from '../data/refused-rows.js';
import { checkAgainstData } from './check-data.js';
import { deliver } from './deliver.js';
import { checkReportFolder } from './report-folder.js';

/** `quarry backtest`: one run on this machine or on a server, its report on stdout. */
export async function backtest(
  path: string,
  flags: BacktestFlags & RemoteFlags,
  config: Config,
  signal: AbortSignal,
): Promise<ExitCode> {
  const options = backtestOptions(flags);
  if (isRemote(flags, ['family', 'timeout', 'memory'])) {
    const { runRemote } = await import('../remote/run-remote.js');
    return runRemote(path, { kind: 'backtest', options }, { flags, config, signal });
  }
  const limits = runLimits(flags, defaultLimits);
  if (flags.out !== undefined) await checkReportFolder(flags.out);
  const strategy = await readStrategy(path);

  const dataset = await openData(flags.data, config);
  signal.throwIfAborted();
  if ('code' in dataset) return refused(dataset, strategy.source.entry, flags, config);
  checkAgainstData(options, dataset);
  process.stderr.write(refusedRows(dataset.info));

  const runner = await openRunner(config, limits);
  if (runner.wall !== 'full')
    process.stderr.write(`The wall around the strategy is "${runner.wall}": ${runner.wallDetail}.\n`);
  const progress = new Progress();
  try {
    const book = new LedgerFile(config);
    const family = familyFlag(flags.family);
    const job = { source: strategy.source, strategyName: null, dataset, options, book, ...family };
    const outcome = await runner.backtest(job, {
      signal,
      onProgress: (phase, done) => progress.show(phase, share(phase, done)),
    });
    if (outcome.report.failure === null && flags.out !== undefined) progress.show('write', phases['write'] ?? 0);
    return await deliver(outcome, { strategy, flags, config, progress });
  } finally {
    progress.end();
    await runner.close();
  }
}

/** How far a run is when a phase begins, by what each takes over many bars. */
const phases: Readonly<Record<string, number>> = { compile: 0, run: 0.1, replay: 0.8, report: 0.9, write: 0.9 };

function share(phase: string, done: number): number {
  const begins = phases[phase] ?? 0;
  const ends = Math.min(1, ...Object.values(phases).filter((other) => other > begins));
  return begins + done * (ends - begins);
}

/** The data never became bars: there is no run, but `--json` still answers with an object of the same shape. */
function refused(failure: Failure, strategyName: string, flags: BacktestFlags, config: Config): ExitCode {
  const environment = { wall: 'none' as const, milliseconds: 0, quarry: quarryVersion };
  const report = failedReport({
    strategyName,
    failure,
    manifest: null,
    manifestHash: null,
    log: [],
    logCut: false,
    environment,
  });
  return tellFailure(failure, { strategy: null, flags, config }, report);
}
