import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { actionsOf, type Bars } from '@quarry/engine/host';
import type { SeriesFiles } from '../sandbox/sandbox.js';

const fixedColumns = ['time', 'knownAt', 'open', 'high', 'low', 'close', 'volume'];

/** The columns of a series by name. */
type Columns = Readonly<Record<string, Float64Array>>;

/** Reads series from their files, and keeps the last few: runs over the same bars follow one another. */
export class BarsReader {
  readonly #kept = new Map<string, Columns>();
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  read(series: readonly SeriesFiles[]): Bars[] {
    const bars = series.map((one) => this.#barsOf(one));
    this.#forgetOldest(series.length);
    return bars;
  }

  #barsOf(series: SeriesFiles): Bars {
    const { symbol, interval, prices, zone, length } = series;
    const columns = this.#columnsOf(series);
    const column = (name: string): Float64Array => columns[name] ?? new Float64Array(length).fill(NaN);
    const extra = Object.fromEntries(Object.entries(columns).filter(([name]) => !fixedColumns.includes(name)));
    return {
      symbol,
      interval,
      length,
      zone: {
        name: zone.name,
        from: Float64Array.from(zone.from),
        offsetMinutes: Float64Array.from(zone.offsetMinutes),
      },
      time: column('time'),
      knownAt: column('knownAt'),
      open: column('open'),
      high: column('high'),
      low: column('low'),
      close: column('close'),
      volume: column('volume'),
      extra,
      actions: actionsOf(extra, prices),
    };
  }

  #columnsOf(series: SeriesFiles): Columns {
    const key = `${series.first}+${series.length} ${series.file}`;
    const columns = this.#kept.get(key) ?? readColumns(series);
    this.#kept.delete(key);
    this.#kept.set(key, columns);
    return columns;
  }

  /** Never what was just read, however large it is. */
  #forgetOldest(inUse: number): void {
    let bytes = 0;
    for (const columns of this.#kept.values()) bytes += bytesOf(columns);
    for (const [key, columns] of this.#kept) {
      if (bytes <= this.#maxBytes || this.#kept.size <= inUse) return;
      bytes -= bytesOf(columns);
      this.#kept.delete(key);
    }
  }
}

function bytesOf(columns: Columns): number {
  return Object.values(columns).reduce((sum, { byteLength }) => sum + byteLength, 0);
}

function readColumns({ file, first, length, rows, columns }: SeriesFiles): Columns {
  const descriptor = openSync(file, 'r');
  try {
    if (fstatSync(descriptor).size < rows * columns.length * 8)
      throw new Error(`The series' file ${file} is cut short.`);
    return Object.fromEntries(
      columns.map((name, index) => {
        const column = new Float64Array(length);
        readFully(descriptor, new Uint8Array(column.buffer), (index * rows + first) * 8, file);
        return [name, column] as const;
      }),
    );
  } finally {
    closeSync(descriptor);
  }
}

function readFully(descriptor: number, bytes: Uint8Array, position: number, file: string): void {
  for (let done = 0; done < bytes.length;) {
    const count = readSync(descriptor, bytes, done, bytes.length - done, position + done);
    if (count === 0) throw new Error(`The series' file ${file} is cut short.`);
    done += count;
  }
}
