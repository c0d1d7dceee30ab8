import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BookedTrial, TrialBook } from '@quarry/runner';
import type { Config } from '../config.js';
import { makeFolder } from '../make-folder.js';

/**
 * The trial ledger of this machine's user: a file per family below the home, a line per trial, only ever appended to.
 * Lines go in by one write to a file that is open for appending, so two commands at once lose nothing. A line that cannot
 * be read, such as the end of a write that a full disk cut short, is passed over.
 */
export class LedgerFile implements TrialBook {
  readonly #folder: string;

  constructor({ home }: Pick<Config, 'home'>) {
    this.#folder = join(home, 'ledger');
  }

  async write(family: string, trials: readonly BookedTrial[]): Promise<void> {
    await this.record(family, trials);
  }

  async record(family: string, trials: readonly BookedTrial[]): Promise<readonly BookedTrial[]> {
    await makeFolder(this.#folder, 'The home');
    const file = join(this.#folder, `${createHash('sha256').update(family).digest('hex').slice(0, 32)}.jsonl`);
    const before = await read(file);
    const known = new Map(before.trials.map((trial) => [keyOf(trial), trial]));
    const fresh = trials.filter((trial) => !known.has(keyOf(trial)) && known.set(keyOf(trial), trial));
    if (fresh.length > 0) {
      const lines = fresh.map((trial) => JSON.stringify({ family, ...trial, sharpe: finiteOrNull(trial.sharpe) }));
      await append(file, `${before.endsInLine ? '' : '\n'}${lines.join('\n')}\n`);
    }
    return [...known.values()];
  }
}

/** The same parameters on the same data are one trial, however often they are run. */
function keyOf({ paramsHash, dataHash }: BookedTrial): string {
  return `${paramsHash} ${dataHash}`;
}

async function append(file: string, text: string): Promise<void> {
  const handle = await open(file, 'a');
  try {
    await handle.write(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function read(file: string): Promise<{ readonly trials: BookedTrial[]; readonly endsInLine: boolean }> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return { trials: text.split('\n').flatMap(trialOf), endsInLine: text === '' || text.endsWith('\n') };
}

function trialOf(line: string): BookedTrial[] {
  try {
    const { paramsHash, dataHash, sharpe, observations } = JSON.parse(line) as Record<string, unknown>;
    if (typeof paramsHash !== 'string' || typeof dataHash !== 'string' || typeof observations !== 'number') return [];
    return [{ paramsHash, dataHash, sharpe: typeof sharpe === 'number' ? sharpe : NaN, observations }];
  } catch {
    return [];
  }
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
