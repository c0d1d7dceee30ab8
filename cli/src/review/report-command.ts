import { writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import process from 'node:process';
import { pageOf } from '@quarry/runner';
import type { Config } from '../config.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { makeFolder } from '../make-folder.js';
import { paint } from '../terminal/paint.js';
import { sheetOf } from '../terminal/sheet-of.js';
import { UsageError } from '../usage-error.js';
import { readAnyReport } from './read-report.js';

export interface ReportFlags {
  readonly html?: string;
  readonly json?: boolean;
}

/** `quarry report`: what a command printed, again from its report.json; with `--html`, its page. */
export async function report(path: string, flags: ReportFlags, config: Config): Promise<ExitCode> {
  const found = await readAnyReport(path);
  if (!flags.json && found.schema === 'quarry.report/1' && found.failure) {
    throw new UsageError(`That run failed (${found.failure.code}): ${found.failure.message}`);
  }
  if (flags.html !== undefined) await writePage(flags.html, await pageOf(found));
  const colours = paint(config.colour && process.stdout.isTTY);
  process.stdout.write(flags.json ? `${JSON.stringify(found)}\n` : sheetOf(found, colours));
  if (flags.html !== undefined) process.stderr.write(`The page is ${flags.html}.\n`);
  return exitCodes.ok;
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
