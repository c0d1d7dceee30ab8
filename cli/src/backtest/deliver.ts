import process from 'node:process';
import type { Report } from '@quarry/contracts';
import type { Config } from '../config.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { paint } from '../terminal/paint.js';
import { printReport } from '../terminal/print-report.js';
import type { Progress } from '../terminal/progress.js';
import { tellFailure } from '../terminal/tell-failure.js';
import type { StrategyOnDisk } from './failure-words.js';
import { logWords } from './log-words.js';
import { writeReportFolder } from './report-folder.js';

interface Ended {
  readonly report: Report;
  /** Writes the run's files into a folder. */
  readonly writeArtifacts: (directory: string) => Promise<unknown>;
}

interface Delivery {
  /** Null where its files do not lie on this machine. */
  readonly strategy: StrategyOnDisk | null;
  readonly flags: { readonly out?: string; readonly json?: boolean };
  readonly config: Config;
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
  if (report.failure !== null) return tellFailure(report.failure, told, report);
  printReport(report, told);
  return exitCodes.ok;
}
