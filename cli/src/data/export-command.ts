import { rm } from 'node:fs/promises';
import process from 'node:process';
import { exportCsv } from '@quarry/runner';
import { failureWords } from '../backtest/failure-words.js';
import type { Config } from '../config.js';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.js';
import { openData } from '../open-data.js';
import { paint, printable } from '../terminal/paint.js';
import { UsageError } from '../usage-error.js';

/** `quarry data export`: a dataset's bars as a CSV file, which is never written over another. */
export async function exportData(name: string, to: string | undefined, config: Config): Promise<ExitCode> {
  const dataset = await openData(name, config);
  if ('code' in dataset) {
    process.stderr.write(failureWords(dataset, null, paint(config.colour && process.stderr.isTTY)));
    return exitCodeOf(dataset);
  }
  const { info } = dataset;
  const path = to ?? `${info.name.replace(/[^\w. -]/g, '_')}.csv`;
  try {
    await exportCsv(dataset, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new UsageError(`There is a file "${path}" already. Name another with --to.`);
    if (code === undefined) throw error;
    if (code === 'ENOSPC') await rm(path, { force: true });
    throw new UsageError(`"${path}" cannot be written (${code}). Name another with --to.`);
  }
  const prices = info.prices === undefined ? '' : ` --prices ${info.prices}`;
  process.stdout.write(
    `${printable(path)} holds the bars of "${printable(info.name)}". Read again, they are the same:\n` +
      `  quarry data ingest ${JSON.stringify(printable(path))} --timezone ${info.timezone}${prices}\n`,
  );
  return exitCodes.ok;
}
