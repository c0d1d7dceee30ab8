import type { AnyReport } from '@quarry/contracts';
import { writeReportFolder } from '../backtest/report-folder.js';
import { printReport } from './print-report.js';
import type { Progress } from './progress.js';

/** A finished run: its files into `--out`, then its sheet, or the report for machines, on stdout. */
export async function deliverReport(
  outcome: { readonly report: AnyReport; writeArtifacts(directory: string): Promise<unknown> },
  { progress, ...printed }: Parameters<typeof printReport>[1] & { readonly progress: Progress },
): Promise<void> {
  if (printed.flags.out !== undefined) await writeReportFolder(outcome, printed.flags.out);
  progress.end();
  printReport(outcome.report, printed);
}
