import process from 'node:process';
import type { Failure, Report } from '@quarry/contracts';
import type { Config } from '../config.js';
import { exitCodeOf, exitCodes, hasJson, type ExitCode } from '../exit-codes.js';
import { paint } from '../terminal/paint.js';
import type { Progress } from '../terminal/progress.js';
import { failureWords, type StrategyOnDisk } from './failure-words.js';
import { logWords } from './log-words.js';
import { writeReportFolder } from './report-folder.js';
import { tearSheet } from './tear-sheet.js';

interface Ended {
  readonly report: Report;
  /** Writes the run's files into a folder. */
  readonly writeArtifacts: (directory: string) => Promise<unknown>;
}

interface Told {
  /** Null where its files do not lie on this machine. */
  readonly strategy: StrategyOnDisk | null;
  readonly flags: { readonly out?: string; readonly json?: boolean };
  readonly config: Config;
}

interface Delivery extends Told {
  readonly progress: Progress;
  /** Whether the strategy's log was already told as it came. */
  readonly logWasTold?: boolean;
}

/** Tells how a backtest ended: its report on stdout and into `--out`, or why it failed. */
export async function deliver(
  { report, writeArtifacts }: Ended,
  { progress, logWasTold = false, ...told }: Delivery,
): Promise<ExitCode> {
  const { flags, config } = told;
  if (report.failure === null && flags.out !== undefined) await writeReportFolder({ writeArtifacts }, flags.out);
  progress.end();
  if (!logWasTold) process.stderr.write(logWords(report, paint(config.colour && process.stderr.isTTY)));
  if (report.failure !== null) {
    tellFailure(report.failure, report, told);
    if (flags.out !== undefined) process.stderr.write(`Nothing was written to ${flags.out}.\n`);
    return exitCodeOf(report.failure);
  }
  const colours = paint(config.colour && process.stdout.isTTY);
  process.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : tearSheet(report, colours));
  if (flags.out !== undefined) process.stderr.write(`Report, page and tables are in ${flags.out}.\n`);
  return exitCodes.ok;
}

/** A failure in words; with `--json` also as the report of a run that failed. */
export function tellFailure(failure: Failure, report: Report, { strategy, flags, config }: Told): void {
  process.stderr.write(failureWords(failure, strategy, paint(config.colour && process.stderr.isTTY)));
  if (flags.json && hasJson(exitCodeOf(failure))) process.stdout.write(`${JSON.stringify(report)}\n`);
}
