import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SeriesInfo } from '@quarry/contracts';
import type { Interval, Zone } from '@quarry/engine/host';
import type { LocalDataset } from '../runner.js';
import { ColumnFile } from './column-file.js';
import { DataRefused } from './data-refused.js';
import { duckdbMessage } from './duckdb.js';
import { readParquetColumns } from './read-parquet.js';
import { timeColumns } from './store.js';
import { zoneTable } from './zone.js';

/** One series' columns as raw files that a child can read by file descriptor. */
interface ColumnSet {
  readonly symbol: string;
  readonly interval: Interval;
  readonly zone: Zone;
  readonly length: number;
  /** Column name -> absolute path of a file of little-endian float64 values, one per bar. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Keeps decoded columns as raw float64 files, named by series hash and column, so that every later read is a read of bytes. What is
 * decoded is held against the column's hash in dataset.json: a Parquet file that is not the version's is refused.
 */
export class ColumnCache {
  readonly #zones = new Map<string, Zone>();

  constructor(private readonly directory: string) {}

  /** Throws DataRefused where the dataset lacks the series or a column, or its file is damaged. */
  async columns(dataset: LocalDataset, symbol: string, interval: string, names: readonly string[]): Promise<ColumnSet> {
    const series = findSeries(dataset, symbol, interval);
    const wanted = [...new Set([...timeColumns, ...names])];
    for (const name of wanted) {
      if (!series.columns.includes(name)) {
        throw new DataRefused(
          `Dataset ${dataset.info.name} has no column ${name} for ${symbol}. It has ${series.columns.join(', ')}.`,
        );
      }
    }
    const files = Object.fromEntries(wanted.map((name) => [name, this.#path(series, name)]));
    const missing: string[] = [];
    for (const name of wanted) if (!(await holds(files[name]!, series.rows * 8))) missing.push(name);
    if (missing.length > 0) await this.#decode(dataset, series, missing);
    return {
      symbol: series.symbol,
      interval: series.interval as Interval,
      zone: this.#zone(dataset.info.timezone, series),
      length: series.rows,
      files,
    };
  }

  /** A table of twenty years costs milliseconds, more than a warm read of the columns. */
  #zone(timezone: string, { from, to }: SeriesInfo): Zone {
    const key = `${timezone} ${from} ${to}`;
    const zone = this.#zones.get(key) ?? zoneTable(timezone, from, to);
    if (this.#zones.size > 1000) this.#zones.clear();
    this.#zones.set(key, zone);
    return zone;
  }

  #path(series: SeriesInfo, column: string): string {
    return join(this.directory, `${series.hash}.${encodeURIComponent(column)}.as-stored.${series.interval}.f64`);
  }

  async #decode(dataset: LocalDataset, series: SeriesInfo, names: readonly string[]): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    const files: ColumnFile[] = [];
    try {
      for (const name of names) files.push(new ColumnFile(this.#path(series, name)));
      await readParquetColumns(join(dataset.directory, series.file), names, timeColumns, (columns) => {
        files.forEach((file, index) => file.append(columns[index]!));
      });
      const hashes = files.map((file) => file.finish());
      names.forEach((name, index) => {
        if (hashes[index] !== series.columnHashes[name]) throw new DataRefused(damaged(dataset, series, name));
      });
      for (const file of files) file.publish();
    } catch (error) {
      const said = duckdbMessage(error);
      if (said === null) throw error;
      throw new DataRefused(
        `${series.file} of dataset ${dataset.info.name} cannot be read (${said}). Ingest the data anew.`,
      );
    } finally {
      for (const file of files) file.discard();
    }
  }
}

function findSeries({ info }: LocalDataset, symbol: string, interval: string): SeriesInfo {
  const found = info.series.find((one) => one.symbol === symbol && one.interval === interval);
  if (found) return found;
  const held = info.series.map((one) => `${one.symbol} ${one.interval}`).slice(0, 20);
  throw new DataRefused(`Dataset ${info.name} has no series ${symbol} ${interval}. It holds ${held.join(', ')}.`);
}

function damaged({ info }: LocalDataset, { file }: SeriesInfo, column: string): string {
  return `Column ${column} in ${file} of dataset ${info.name} is not what version ${info.version.slice(0, 12)} holds: the file was changed. Ingest the data anew.`;
}

async function holds(path: string, bytes: number): Promise<boolean> {
  try {
    return (await stat(path)).size === bytes;
  } catch {
    return false;
  }
}
