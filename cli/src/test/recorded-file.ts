import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RecordedRuns, type RecordedRun } from '@quarry/contracts';
import { UsageError } from '../usage-error.js';

/** expected.json beside a suite: what was recorded of its tests, by their titles. */
export class RecordedFile {
  readonly #path: string;
  readonly #runs: RecordedRuns;
  #isChanged = false;

  private constructor(path: string, runs: RecordedRuns) {
    this.#path = path;
    this.#runs = runs;
  }

  static async beside(suite: string): Promise<RecordedFile> {
    const path = join(dirname(suite), 'expected.json');
    const text = await readFile(path, 'utf8').catch(() => '{}');
    try {
      return new RecordedFile(path, RecordedRuns.parse(JSON.parse(text)));
    } catch {
      throw new UsageError(
        `"${path}" does not hold what quarry test records. Remove it, and run quarry test --update.`,
      );
    }
  }

  of(title: string): RecordedRun | null {
    return this.#runs[title] ?? null;
  }

  put(title: string, run: RecordedRun): void {
    this.#runs[title] = run;
    this.#isChanged = true;
  }

  async write(): Promise<void> {
    if (!this.#isChanged) return;
    const sorted = Object.fromEntries(Object.entries(this.#runs).sort(([a], [b]) => (a < b ? -1 : 1)));
    await writeFile(this.#path, `${JSON.stringify(sorted, null, 2)}\n`);
  }
}
