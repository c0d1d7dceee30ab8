import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import process from 'node:process';
import { DatasetInfo, IngestOptions, fixed, moment, type Failure } from '@quarry/contracts';
import type { LocalDataset } from '@quarry/runner';
import { failureWords } from '../backtest/failure-words.js';
import type { Config } from '../config.js';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.js';
import { choiceFlag } from '../flags/number.js';
import { makeFolder } from '../make-folder.js';
import { builtinDatasets, datasetNames, datasetsFolder, openData } from '../open-data.js';
import { openRunner } from '../open-runner.js';
import { paint } from '../terminal/paint.js';
import { Progress } from '../terminal/progress.js';
import { table } from '../terminal/table.js';
import { UsageError } from '../usage-error.js';
import { datasetWords } from './dataset-words.js';

/** The flags of `quarry data ingest`, text not yet understood. */
export interface IngestFlags {
  readonly name?: string;
  readonly symbol?: string;
  readonly interval?: string;
  readonly timezone?: string;
  readonly stamp?: string;
  readonly column?: Record<string, string>;
  readonly source?: string;
  readonly licence?: string;
  readonly json?: boolean;
}

/** `quarry data ingest`: a file becomes a dataset under a name. */
export async function ingest(file: string, flags: IngestFlags, config: Config, signal: AbortSignal): Promise<ExitCode> {
  if (!existsSync(file)) throw new UsageError(`There is no file "${file}".`);
  const name = flags.name ?? basename(file).replace(/(\.(csv|tsv|txt|gz|zip|parquet))+$/i, '');
  if (!/^\w[\w. -]{0,99}$/.test(name)) {
    throw new UsageError(`--name "${name}" cannot be a dataset's name. Use letters, digits, dots, dashes, up to 100.`);
  }
  const into = join(datasetsFolder(config), name);
  if (existsSync(into) || builtinDatasets.some((builtin) => builtin === name)) {
    throw new UsageError(`There is a dataset "${name}" already. Give this one another --name.`);
  }
  const options = ingestOptions(name, flags);
  await makeFolder(datasetsFolder(config), 'The home');
  const runner = await openRunner(config);
  const progress = new Progress();
  try {
    const made = await runner.ingest(file, options, into, {
      signal,
      onProgress: (phase, done) => progress.show(phase, done),
    });
    progress.end();
    return print(made, flags.json === true, config);
  } finally {
    progress.end();
    await runner.close();
  }
}

function ingestOptions(name: string, flags: IngestFlags): IngestOptions {
  const stamp =
    flags.stamp === undefined ? undefined : choiceFlag('--stamp', flags.stamp, ['open', 'close', 'session-date']);
  const zone = flags.timezone;
  if (zone !== undefined && !isZone(zone)) {
    throw new UsageError(`--timezone "${zone}" is unknown. Write it like America/New_York or UTC.`);
  }
  const { symbol, interval, column: columns, source, licence } = flags;
  const options = { name, symbol, interval, timezone: zone, stamp, columns, source, licence };
  const parsed = IngestOptions.safeParse(options);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const flag = String(issue?.path[0] ?? 'name');
  throw new UsageError(
    `--${flag} "${String(options[flag as keyof typeof options])}" will not do: ${issue?.message ?? ''}.`,
  );
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** `quarry data show`: what a dataset holds. */
export async function show(name: string, json: boolean, config: Config): Promise<ExitCode> {
  return print(await openData(name, config), json, config);
}

/** `quarry data list`: the names that `--data` knows. */
export async function list(json: boolean, config: Config): Promise<ExitCode> {
  const found = await Promise.all(
    (await datasetNames(config)).map(async (name) => ({
      name,
      info: await readInfo(join(datasetsFolder(config), name)),
    })),
  );
  if (json) {
    process.stdout.write(`${JSON.stringify(found)}\n`);
    return exitCodes.ok;
  }
  const rows = found.map(({ name, info }) => {
    if (info === null) return [name, '', '', '', 'made on first use'];
    const symbols = new Set(info.series.map(({ symbol }) => symbol)).size;
    const rowsInAll = info.series.reduce((sum, series) => sum + series.rows, 0);
    const from = Math.min(...info.series.map((series) => series.from));
    const to = Math.max(...info.series.map((series) => series.to));
    return [name, String(symbols), fixed(rowsInAll, 0), `${moment(from)} to ${moment(to)}`, info.source];
  });
  const lines = table(
    [
      { title: 'Name', align: 'left' },
      { title: 'Symbols', align: 'right' },
      { title: 'Rows', align: 'right' },
      { title: 'Range', align: 'left' },
      { title: 'Source', align: 'left' },
    ],
    rows,
  );
  process.stdout.write(`${lines.join('\n')}\n`);
  return exitCodes.ok;
}

async function readInfo(folder: string): Promise<DatasetInfo | null> {
  const text = await readFile(join(folder, 'dataset.json'), 'utf8').catch(() => null);
  return text === null ? null : DatasetInfo.parse(JSON.parse(text));
}

function print(found: LocalDataset | Failure, json: boolean, config: Config): ExitCode {
  if ('code' in found) {
    process.stderr.write(failureWords(found, null, paint(config.colour && process.stderr.isTTY)));
    if (json) process.stdout.write(`${JSON.stringify({ failure: found })}\n`);
    return exitCodeOf(found);
  }
  const colours = paint(config.colour && process.stdout.isTTY);
  process.stdout.write(json ? `${JSON.stringify(found.info)}\n` : datasetWords(found.info, colours));
  return exitCodes.ok;
}
