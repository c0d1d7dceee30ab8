import { mkdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { SeriesInfo } from '@quarry/contracts';
import type { Bars, Interval, PriceBasis, Zone } from '@quarry/engine/host';
import type { LocalDataset } from '../runner.js';
import { DataRefused } from './data-refused.js';
import { duckdbMessage } from './duckdb.js';
import { readParquetColumns } from './read-parquet.js';
import { madeUp } from './made-up.js';
import { SeriesFile } from './series-file.js';
import { columnHash, seriesHash } from './series-hash.js';
import { timeColumns } from './store.js';
import { writeInBasis } from './write-in-basis.js';
import { zoneTable } from './zone.js';

/** One series' columns as a raw file that a child can read by file descriptor. */
interface CachedSeries {
  readonly symbol: string;
  readonly interval: Interval;
  readonly prices: PriceBasis;
  readonly zone: Zone;
  readonly rows: number;
  /** Names of the columns, in their order in the file; the first is `time`. */
  readonly columns: readonly string[];
  /** Absolute path of a file of little-endian float64 values: one column after another, each of one value per bar. */
  readonly file: string;
}

/**
 * Keeps decoded series as raw float64 files, named by series hash, so that every later read is a read of bytes. What is decoded is held
 * against the hash of each column in dataset.json: a Parquet file that is not the version's is refused.
 */
export class ColumnCache {
  readonly #zones = new Map<string, Zone>();

  constructor(private readonly directory: string) {}

  /**
   * The series with prices as wanted. Throws DataRefused where the dataset lacks the series, its file is damaged, or its
   * prices cannot become those.
   */
  async series(
    dataset: LocalDataset,
    symbol: string,
    interval: string,
    prices: PriceBasis = 'as-stored',
  ): Promise<CachedSeries> {
    const series = findSeries(dataset, symbol, interval);
    const { rows, columns } = series;
    const bytes = rows * columns.length * 8;
    const stored = dataset.info.prices ?? 'as-stored';
    const asStored = this.#pathOf(series);
    const file = prices === stored || prices === 'as-stored' ? asStored : this.#pathOf(series, `${stored}.${prices}`);
    if (!(await holds(file, bytes))) {
      if (!(await holds(asStored, bytes))) await this.#decode(dataset, series, asStored);
      if (file !== asStored) await writeInBasis({ series, from: asStored, into: file }, stored, prices);
    }
    await noteUse(file);
    return {
      symbol: series.symbol,
      interval: series.interval as Interval,
      zone: this.#zone(dataset.info.timezone, series),
      ...{ prices, rows, columns, file },
    };
  }

  /** A dataset of bars that stand in no Parquet file: their columns are in the cache from the start. */
  async keep(name: string, bars: Bars): Promise<LocalDataset> {
    const columns = { time: bars.time, knownAt: bars.knownAt, ...pricesOf(bars), ...bars.extra };
    const names = Object.keys(columns);
    await mkdir(this.directory, { recursive: true });
    const hashes = Object.fromEntries(Object.entries(columns).map(([column, values]) => [column, columnHash(values)]));
    const hash = seriesHash(
      bars.length,
      names.map((column) => ({ name: column, hash: hashes[column]! })),
    );
    const path = this.#pathOf({ hash, interval: bars.interval });
    if (!(await holds(path, bars.length * names.length * 8))) {
      const file = new SeriesFile(path, bars.length, names.length);
      try {
        Object.values(columns).forEach((values, index) => file.append(index, values));
        file.finish();
        file.publish();
      } finally {
        file.discard();
      }
    }
    const { symbol, interval, length: rows } = bars;
    const [from, to] = [bars.time[0] ?? 0, bars.time[rows - 1] ?? 0];
    const series = { symbol, interval, file: '', rows, from, to, columns: names, columnHashes: hashes, hash };
    return { directory: this.directory, info: madeUp(name, series) };
  }

  #pathOf({ hash, interval }: Pick<SeriesInfo, 'hash' | 'interval'>, prices = 'as-stored'): string {
    return join(this.directory, `${hash}.${prices}.${interval}.f64`);
  }

  /** A table of twenty years costs milliseconds, more than a warm read of the columns. */
  #zone(timezone: string, { from, to }: SeriesInfo): Zone {
    const key = `${timezone} ${from} ${to}`;
    const zone = this.#zones.get(key) ?? zoneTable(timezone, from, to);
    if (this.#zones.size > 1000) this.#zones.clear();
    this.#zones.set(key, zone);
    return zone;
  }

  async #decode(dataset: LocalDataset, series: SeriesInfo, path: string): Promise<void> {
    const { columns, rows } = series;
    await mkdir(this.directory, { recursive: true });
    const file = new SeriesFile(path, rows, columns.length);
    try {
      await readParquetColumns(join(dataset.directory, series.file), columns, timeColumns, (chunk) => {
        chunk.forEach((values, index) => file.append(index, values));
      });
      const hashes = file.finish();
      columns.forEach((name, index) => {
        if (hashes[index] !== series.columnHashes[name]) throw new DataRefused(damaged(dataset, series, name));
      });
      file.publish();
    } catch (error) {
      const said = duckdbMessage(error);
      if (said === null) throw error;
      throw new DataRefused(
        `${series.file} of dataset ${dataset.info.name} cannot be read (${said}). Ingest the data anew.`,
      );
    } finally {
      file.discard();
    }
  }
}

function pricesOf({ open, high, low, close, volume }: Bars) {
  return { open, high, low, close, volume };
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

/** Whoever makes room lets go first what was not used for the longest: systems note reads once a day, if at all. */
async function noteUse(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}

async function holds(path: string, bytes: number): Promise<boolean> {
  try {
    return (await stat(path)).size === bytes;
  } catch {
    return false;
  }
}
