import process from 'node:process';
import type { AnyReport } from '@quarry/contracts';
import type { Config } from '../config.js';
import { paint } from './paint.js';
import { sheetOf } from './sheet-of.js';

interface Printed {
  readonly flags: { readonly out?: string; readonly json?: boolean };
  readonly config: Config;
  /** How many of the best trials of a sweep, if not as many as usual. */
  readonly top?: number;
}

/** What `--out` holds, as in "Report, page and tables are". */
const files = {
  'quarry.report/1': 'Report, page and tables are',
  'quarry.sweep/1': 'Report, page and table are',
  'quarry.walk-forward/1': 'Report, page and tables are',
  'quarry.cross-validation/1': 'Report, page and tables are',
  'quarry.monte-carlo/1': 'Report and page are',
} satisfies Record<AnyReport['schema'], string>;

/** A report on stdout, as its sheet or for machines, and where its files are. */
export function printReport(report: AnyReport, { flags, config, top }: Printed): void {
  const colours = paint(config.colour && process.stdout.isTTY);
  process.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : sheetOf(report, colours, top));
  if (flags.out !== undefined) process.stderr.write(`${files[report.schema]} in ${flags.out}.\n`);
}
