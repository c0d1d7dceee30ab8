import { createHash, randomBytes, type Hash } from 'node:crypto';
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { canonicalBytes } from './series-hash.js';

const bufferRows = 32_768;

/**
 * Writes a series as one file of raw little-endian float64 values, column after column, each of as many rows as the series
 * has: a run over many symbols needs one descriptor for each of them, not one for each column. It is written under a
 * temporary name; `publish` gives it its own, whole or not at all.
 */
export class SeriesFile {
  readonly #temporary: string;
  readonly #file: number;
  readonly #columns: readonly ColumnPart[];
  #isClosed = false;

  constructor(
    readonly path: string,
    rows: number,
    columns: number,
  ) {
    this.#temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
    this.#file = openSync(this.#temporary, 'wx', 0o600);
    const room = Math.min(bufferRows, Math.max(1, rows));
    this.#columns = Array.from({ length: columns }, (_, index) => ({
      buffer: new Float64Array(room),
      hash: createHash('sha256'),
      filled: 0,
      at: index * rows * 8,
    }));
  }

  /** The next values of a column. */
  append(column: number, values: Float64Array): void {
    const part = this.#columns[column]!;
    for (let at = 0; at < values.length;) {
      const taken = Math.min(values.length - at, part.buffer.length - part.filled);
      part.buffer.set(values.subarray(at, at + taken), part.filled);
      part.filled += taken;
      at += taken;
      if (part.filled === part.buffer.length) this.#flush(part);
    }
  }

  /** Ends the writing; answers the SHA-256 of what was written of each column. */
  finish(): string[] {
    for (const part of this.#columns) this.#flush(part);
    this.#close();
    return this.#columns.map(({ hash }) => hash.digest('hex'));
  }

  publish(): void {
    renameSync(this.#temporary, this.path);
  }

  discard(): void {
    this.#close();
    rmSync(this.#temporary, { force: true });
  }

  #close(): void {
    if (!this.#isClosed) closeSync(this.#file);
    this.#isClosed = true;
  }

  #flush(part: ColumnPart): void {
    const bytes = canonicalBytes(part.buffer.subarray(0, part.filled));
    for (let done = 0; done < bytes.length;) {
      done += writeSync(this.#file, bytes, done, bytes.length - done, part.at + done);
    }
    part.hash.update(bytes);
    part.at += bytes.length;
    part.filled = 0;
  }
}

interface ColumnPart {
  readonly buffer: Float64Array;
  readonly hash: Hash;
  filled: number;
  /** Where in the file its next values come, in bytes. */
  at: number;
}
