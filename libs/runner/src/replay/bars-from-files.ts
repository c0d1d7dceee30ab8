import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Bars } from '@quarry/engine/host';
import type { SeriesFiles } from '../sandbox/sandbox.js';

const fixedColumns = ['time', 'knownAt', 'open', 'high', 'low', 'close', 'volume'];

/** Reads series from their column files, and keeps the last few: runs over the same bars follow one another. */
export class BarsReader {
  readonly #columns = new Map<string, Float64Array>();
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  read(series: readonly SeriesFiles[]): Bars[] {
    const bars = series.map((one) => this.#barsOf(one));
    this.#forgetOldest(bars.reduce((sum, { length }) => sum + length, 0));
    return bars;
  }

  #barsOf({ symbol, interval, zone, first, length, files }: SeriesFiles): Bars {
    const column = (name: string): Float64Array =>
      files[name] === undefined ? new Float64Array(length).fill(NaN) : this.#column(files[name], first, length);
    const extra = Object.keys(files).filter((name) => !fixedColumns.includes(name));
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
      extra: Object.fromEntries(extra.map((name) => [name, column(name)])),
    };
  }

  #column(file: string, first: number, length: number): Float64Array {
    const key = `${first}+${length} ${file}`;
    const column = this.#columns.get(key) ?? readColumn(file, first, length);
    this.#columns.delete(key);
    this.#columns.set(key, column);
    return column;
  }

  /** Never what was just read, however large it is. */
  #forgetOldest(barsInUse: number): void {
    let bytes = 0;
    for (const column of this.#columns.values()) bytes += column.byteLength;
    for (const [key, column] of this.#columns) {
      if (bytes <= Math.max(this.#maxBytes, barsInUse * 8 * fixedColumns.length)) return;
      bytes -= column.byteLength;
      this.#columns.delete(key);
    }
  }
}

function readColumn(file: string, first: number, length: number): Float64Array {
  const column = new Float64Array(length);
  const bytes = new Uint8Array(column.buffer);
  const descriptor = openSync(file, 'r');
  try {
    if (fstatSync(descriptor).size < (first + length) * 8) throw new Error(`The column file ${file} is cut short.`);
    for (let done = 0; done < bytes.length;) {
      const count = readSync(descriptor, bytes, done, bytes.length - done, first * 8 + done);
      if (count === 0) throw new Error(`The column file ${file} is cut short.`);
      done += count;
    }
  } finally {
    closeSync(descriptor);
  }
  return column;
}
