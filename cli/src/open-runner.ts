import { join } from 'node:path';
import { createRunner, type RunLimits, type Runner } from '@quarry/runner';
import type { Config } from './config.js';
import { makeFolder } from './make-folder.js';

/** What a strategy may use unless `--timeout` and `--memory` say otherwise. */
export const defaultLimits: RunLimits = { wallMs: 60_000, memoryMb: 512, resultBytes: 64 * 1024 * 1024 };

/** @param spares children that wait for another run over the same bars: of no use where each run has its own */
export async function openRunner(config: Config, limits: RunLimits = defaultLimits, spares = 1): Promise<Runner> {
  const directory = join(config.home, 'runner');
  await makeFolder(directory, 'The home');
  return createRunner({ directory, limits, wallMin: config.wallMin, spares });
}
