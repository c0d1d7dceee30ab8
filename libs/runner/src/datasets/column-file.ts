import { createHash, randomBytes } from 'node:crypto';
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { canonicalBytes } from './series-hash.js';

const bufferRows = 32_768;

/** Writes one raw little-endian float64 file under a temporary name; `publish` gives it its own, whole or not at all. */
export class ColumnFile {
  readonly #temporary: string;
  readonly #file: number;
  readonly #buffer = new Float64Array(bufferRows);
  readonly #hash = createHash('sha256');
  #filled = 0;

  constructor(readonly path: string) {
    this.#temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
    this.#file = openSync(this.#temporary, 'wx', 0o600);
  }

  append(values: Float64Array): void {
    for (let at = 0; at < values.length;) {
      const taken = Math.min(values.length - at, bufferRows - this.#filled);
      this.#buffer.set(values.subarray(at, at + taken), this.#filled);
      this.#filled += taken;
      at += taken;
      if (this.#filled === bufferRows) this.#flush();
    }
  }

  /** Ends the writing; answers the SHA-256 of what was written. */
  finish(): string {
    this.#flush();
    closeSync(this.#file);
    return this.#hash.digest('hex');
  }

  publish(): void {
    renameSync(this.#temporary, this.path);
  }

  discard(): void {
    rmSync(this.#temporary, { force: true });
  }

  #flush(): void {
    const bytes = canonicalBytes(this.#buffer.subarray(0, this.#filled));
    for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
    this.#hash.update(bytes);
    this.#filled = 0;
  }
}
