import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DatasetInfo, type QualityReport, type SeriesInfo, type Stamp, type StoredPrices } from '@quarry/contracts';
import type { LocalDataset } from '../runner.js';
import { DataRefused } from './data-refused.js';
import { columnHash, seriesHash, versionHash } from './series-hash.js';
import { writeParquet, type ParquetColumn } from './write-parquet.js';

/** Columns that every series has, in their stored order; a vendor's further ones follow. */
export const baseColumns = ['time', 'knownAt', 'open', 'high', 'low', 'close', 'volume'] as const;
export const timeColumns: readonly string[] = ['time', 'knownAt'];

/** One series before it is stored. `columns` begins with `baseColumns`; all have equal length, in order of time. */
export interface SeriesColumns {
  readonly symbol: string;
  readonly interval: string;
  readonly columns: readonly { readonly name: string; readonly values: Float64Array }[];
}

export interface DatasetContent {
  readonly name: string;
  readonly series: readonly SeriesColumns[];
  readonly stamp: Stamp;
  readonly timezone: string;
  readonly calendar: DatasetInfo['calendar'];
  readonly prices?: StoredPrices | undefined;
  readonly source: string;
  readonly licence: string;
  readonly quality: QualityReport;
}

/** Writes a dataset's files into a folder that nobody else reads yet. Throws DataRefused where its dataset.json could not be read again. */
export async function writeDatasetFiles(directory: string, content: DatasetContent): Promise<DatasetInfo> {
  await mkdir(directory, { recursive: true });
  const taken = new Set<string>();
  const series: SeriesInfo[] = [];
  for (const one of content.series) series.push(await writeSeries(directory, one, taken));
  const { quality, ...rest } = content;
  const info: DatasetInfo = {
    schema: 'quarry.dataset/1',
    ...rest,
    version: versionHash(series, content.prices),
    series,
    quality,
  };
  const text = JSON.stringify(info, null, 2) + '\n';
  refuseUnreadableInfo(text, content.name);
  await writeFile(join(directory, 'dataset.json'), text);
  return info;
}

/** JSON has no NaN and no Infinity: what comes back is held against the schema before anybody can open it. */
function refuseUnreadableInfo(text: string, name: string): void {
  const issue = DatasetInfo.safeParse(jsonOf(text)).error?.issues[0];
  if (!issue) return;
  throw new DataRefused(
    `Dataset ${name} was not stored, since it could not be read again (${issue.path.join('.')}: ${issue.message}).`,
  );
}

async function writeSeries(directory: string, series: SeriesColumns, taken: Set<string>): Promise<SeriesInfo> {
  const file = freeFileName(series, taken);
  const time = series.columns[0]!.values;
  const columns = series.columns.map(({ name, values }): ParquetColumn => ({
    name,
    values,
    type: timeColumns.includes(name) ? 'time' : 'float',
  }));
  const [hashes] = await Promise.all([
    columnHashes(series.columns),
    writeParquet(join(directory, file), time.length, columns),
  ]);
  return {
    symbol: series.symbol,
    interval: series.interval,
    file,
    rows: time.length,
    from: time[0] ?? 0,
    to: time.at(-1) ?? 0,
    columns: series.columns.map(({ name }) => name),
    columnHashes: Object.fromEntries(hashes.map(({ name, hash }) => [name, hash])),
    hash: seriesHash(time.length, hashes),
  };
}

/** One column at a time: while DuckDB packs what it was given, this thread has nothing else to do. */
async function columnHashes(columns: SeriesColumns['columns']): Promise<{ name: string; hash: string }[]> {
  const hashes = [];
  for (const { name, values } of columns) {
    await setImmediate();
    hashes.push({ name, hash: columnHash(values) });
  }
  return hashes;
}

/** A symbol may hold anything (`BRK/B`, `../x`); its file name does not. */
function freeFileName({ symbol, interval }: SeriesColumns, taken: Set<string>): string {
  const stem = symbol.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 60) + '.' + interval;
  let name = `${stem}.parquet`;
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${stem}.${n}.parquet`;
  taken.add(name.toLowerCase());
  return name;
}

/** Reads a dataset folder; null where there is none. Throws DataRefused where dataset.json is damaged. */
export async function readDataset(directory: string): Promise<LocalDataset | null> {
  let text: string;
  try {
    text = await readFile(join(directory, 'dataset.json'), 'utf8');
  } catch {
    return null;
  }
  const info = DatasetInfo.safeParse(jsonOf(text));
  if (info.success) return { directory, info: info.data };
  const issue = info.error.issues[0];
  throw new DataRefused(
    `dataset.json in ${directory} is damaged or of another version (${issue?.path.join('.')}: ${issue?.message}). Ingest the data anew.`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Name for a folder that is being made beside the one it will become. */
export function workFolder(into: string): string {
  return join(dirname(into), `.${basename(into)}.${randomBytes(6).toString('hex')}.tmp`);
}

/**
 * Gives a finished folder its name in one step, so that a dataset is there whole or not at all. Where another process was first, its
 * dataset stays and ours goes; the content is the same for the same source.
 */
export async function publishFolder(work: string, into: string): Promise<void> {
  try {
    await rename(work, into);
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    if (!(await readDataset(into))) throw error;
  }
}
