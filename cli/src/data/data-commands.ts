import { existsSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import process from 'node:process';
import { IngestOptions, storedPrices, type Failure } from '@quarry/contracts';
import type { LocalDataset } from '@quarry/runner';
import { failureWords } from '../backtest/failure-words.js';
import type { Config } from '../config.js';
import { exitCodeOf, exitCodes, hasJson, type ExitCode } from '../exit-codes.js';
import { intervalFlag } from '../flags/interval.js';
import { choiceFlag, positiveFlag } from '../flags/number.js';
import { makeFolder } from '../make-folder.js';
import { builtinDatasets, datasetNames, datasetsFolder, openData } from '../open-data.js';
import { openRunner } from '../open-runner.js';
import { paint, printable } from '../terminal/paint.js';
import { Progress } from '../terminal/progress.js';
import { UsageError } from '../usage-error.js';
import { readActions } from './actions-file.js';
import { dataFailure } from './data-failure.js';
import { datasetWords } from './dataset-words.js';

/** The flags of `quarry data ingest`, text not yet understood. */
export interface IngestFlags {
  readonly name?: string;
  readonly symbol?: string;
  readonly interval?: string;
  readonly timezone?: string;
  readonly stamp?: string;
  readonly dateOrder?: string;
  readonly priceDivisor?: string;
  readonly column?: Record<string, string>;
  readonly prices?: string;
  readonly actions?: string;
  readonly source?: string;
  readonly licence?: string;
  readonly json?: boolean;
}

/** `quarry data ingest`: a file becomes a dataset under a name. */
export async function ingest(file: string, flags: IngestFlags, config: Config, signal: AbortSignal): Promise<ExitCode> {
  const found = await stat(file).catch(() => null);
  if (!found) throw new UsageError(`There is no file "${file}".`);
  if (found.isDirectory()) throw new UsageError(`"${file}" is a folder. Name the file in it that holds the data.`);
  const name = flags.name ?? basename(file).replace(/(\.(csv|tsv|txt|gz|zst|zip|parquet|arrows?|feather))+$/i, '');
  if (!/^\w[\w. -]{0,99}$/.test(name)) {
    throw new UsageError(`--name "${name}" cannot be a dataset's name. Use letters, digits, dots, dashes, up to 100.`);
  }
  const into = join(datasetsFolder(config), name);
  if (existsSync(into) || builtinDatasets.some((builtin) => builtin === name)) {
    throw new UsageError(`There is a dataset "${name}" already. Give this one another --name.`);
  }
  const options = ingestOptions(
    name,
    flags,
    flags.actions === undefined ? undefined : await readActions(flags.actions),
  );
  await makeFolder(datasetsFolder(config), 'The home');
  const runner = await openRunner(config);
  const progress = new Progress();
  try {
    const made = await runner.ingest(file, options, into, {
      signal,
      onProgress: (phase, done) => progress.show(phase, done),
    });
    progress.end();
    return print('code' in made ? dataFailure(made) : made, flags.json === true, config);
  } finally {
    progress.end();
    await runner.close();
  }
}

function ingestOptions(name: string, flags: IngestFlags, actions: IngestOptions['actions']): IngestOptions {
  const stamp =
    flags.stamp === undefined ? undefined : choiceFlag('--stamp', flags.stamp, ['open', 'close', 'session-date']);
  const zone = flags.timezone;
  if (zone !== undefined && !isZone(zone)) {
    throw new UsageError(`--timezone "${zone}" is unknown. Write it like America/New_York or UTC.`);
  }
  const { symbol, column: columns, source, licence } = flags;
  const interval = flags.interval === undefined ? undefined : intervalFlag(flags.interval);
  const dateOrder =
    flags.dateOrder === undefined
      ? undefined
      : choiceFlag('--date-order', flags.dateOrder, ['month-day-year', 'day-month-year']);
  const priceDivisor =
    flags.priceDivisor === undefined ? undefined : positiveFlag('--price-divisor', flags.priceDivisor, 1e12);
  const prices = flags.prices === undefined ? undefined : choiceFlag('--prices', flags.prices, storedPrices);
  return IngestOptions.parse({
    name,
    symbol,
    interval,
    timezone: zone,
    stamp,
    dateOrder,
    priceDivisor,
    columns,
    prices,
    actions,
    source,
    licence,
  });
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

/** `quarry data remove`: the dataset's folder goes; files that it was read from stay. */
export async function remove(name: string, config: Config): Promise<ExitCode> {
  if (builtinDatasets.some((builtin) => builtin === name)) {
    throw new UsageError(`Dataset "${name}" comes with Quarry and cannot be removed.`);
  }
  if (!(await datasetNames(config)).includes(name)) {
    throw new UsageError(`There is no dataset "${name}" to remove. quarry data list shows those that there are.`);
  }
  await rm(join(datasetsFolder(config), name), { recursive: true });
  process.stdout.write(`Dataset "${printable(name)}" is removed. The file that it was read from is as it was.\n`);
  return exitCodes.ok;
}

function print(found: LocalDataset | Failure, json: boolean, config: Config): ExitCode {
  if ('code' in found) {
    process.stderr.write(failureWords(found, null, paint(config.colour && process.stderr.isTTY)));
    const code = exitCodeOf(found);
    if (json && hasJson(code)) process.stdout.write(`${JSON.stringify({ failure: found })}\n`);
    return code;
  }
  const colours = paint(config.colour && process.stdout.isTTY);
  process.stdout.write(json ? `${JSON.stringify(found.info)}\n` : datasetWords(found.info, colours));
  return exitCodes.ok;
}
