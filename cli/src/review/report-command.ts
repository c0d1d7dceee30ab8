import { writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import process from 'node:process';
import type { AnyReport } from '@quarry/contracts';
import { pageOf } from '@quarry/runner';
import { tearSheet } from '../backtest/tear-sheet.js';
import type { Config } from '../config.js';
import { crossValidateSheet } from '../cross-validation/cross-validate-sheet.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { makeFolder } from '../make-folder.js';
import { monteCarloSheet } from '../monte-carlo/monte-carlo-sheet.js';
import { sweepSheet } from '../sweep/sweep-sheet.js';
import { paint, type Paint } from '../terminal/paint.js';
import { UsageError } from '../usage-error.js';
import { walkForwardSheet } from '../walk-forward/walk-forward-sheet.js';
import { readAnyReport } from './read-report.js';

export interface ReportFlags {
  readonly html?: string;
  readonly json?: boolean;
}

const trialsShown = 10;

/** `quarry report`: what a command printed, again from its report.json; with `--html`, its page. */
export async function report(path: string, flags: ReportFlags, config: Config): Promise<ExitCode> {
  const found = await readAnyReport(path);
  if (flags.html !== undefined) await writePage(flags.html, await pageOf(found));
  const colours = paint(config.colour && process.stdout.isTTY);
  process.stdout.write(flags.json ? `${JSON.stringify(found)}\n` : sheetOf(found, colours));
  if (flags.html !== undefined) process.stderr.write(`The page is ${flags.html}.\n`);
  return exitCodes.ok;
}

function sheetOf(report: AnyReport, colours: Paint): string {
  switch (report.schema) {
    case 'quarry.report/1':
      if (report.failure) throw new UsageError(`That run failed (${report.failure.code}): ${report.failure.message}`);
      return tearSheet(report, colours);
    case 'quarry.sweep/1':
      return sweepSheet(report, trialsShown, colours);
    case 'quarry.walk-forward/1':
      return walkForwardSheet(report, colours);
    case 'quarry.cross-validation/1':
      return crossValidateSheet(report, colours);
    case 'quarry.monte-carlo/1':
      return monteCarloSheet(report, colours);
  }
}

async function writePage(file: string, page: string): Promise<void> {
  await makeFolder(dirname(resolve(file)), '--html');
  try {
    await writeFile(file, page);
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new UsageError(`--html "${file}" cannot be written (${code}). Name another file.`);
  }
}
