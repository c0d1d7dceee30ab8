import process from 'node:process';
import { writeReportFolder } from '../backtest/report-folder.js';
import type { Config } from '../config.js';
import { paint, type Paint } from './paint.js';
import type { Progress } from './progress.js';

interface Delivery<R> {
  readonly flags: { readonly out?: string; readonly json?: boolean };
  readonly config: Config;
  readonly progress: Progress;
  readonly sheet: (report: R, colours: Paint) => string;
  /** What `--out` holds, as in "Report, page and tables are". */
  readonly files: string;
}

/** A finished search or simulation: its files into `--out`, then its sheet, or the report for machines, on stdout. */
export async function deliverReport<R>(
  outcome: { readonly report: R; writeArtifacts(directory: string): Promise<unknown> },
  { flags, config, progress, sheet, files }: Delivery<R>,
): Promise<void> {
  if (flags.out !== undefined) await writeReportFolder(outcome, flags.out);
  progress.end();
  const { report } = outcome;
  const colours = paint(config.colour && process.stdout.isTTY);
  process.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : sheet(report, colours));
  if (flags.out !== undefined) process.stderr.write(`${files} in ${flags.out}.\n`);
}
