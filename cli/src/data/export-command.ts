import process from 'node:process';
import type { DatasetInfo } from '@quarry/contracts';
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
    throw new UsageError(`"${path}" cannot be written (${code}). Name another with --to.`);
  }
  process.stdout.write(`${printable(path)} holds the bars of "${printable(info.name)}".${againInWords(info, path)}\n`);
  return exitCodes.ok;
}

/** How the file is read again into the same bars; of ticks, several of which may share a time, it cannot be. */
function againInWords(info: DatasetInfo, path: string): string {
  const intervals = new Set(info.series.map(({ interval }) => interval));
  const [interval] = intervals;
  if (intervals.size > 1 || interval === 'tick') return '';
  const stamp = info.stamp === 'session-date' ? info.stamp : 'open';
  const prices = info.prices === undefined ? '' : ` --prices ${info.prices}`;
  const how = `--timezone ${info.timezone} --interval ${interval} --stamp ${stamp} --column time=time${prices}`;
  return ` Read again, they are the same:\n  quarry data ingest ${JSON.stringify(printable(path))} ${how}`;
}
