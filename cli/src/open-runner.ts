import { join } from 'node:path';
import { createRunner, type RunLimits, type Runner } from '@quarry/runner';
import type { Config } from './config.js';
import { makeFolder } from './make-folder.js';

/** What a strategy may use unless `--timeout` and `--memory` say otherwise. */
export const defaultLimits: RunLimits = { wallMs: 60_000, memoryMb: 512, resultBytes: 64 * 1024 * 1024 };

export async function openRunner(config: Config, limits: RunLimits = defaultLimits): Promise<Runner> {
  const directory = join(config.home, 'runner');
  await makeFolder(directory, 'The home');
  return createRunner({ directory, limits, wallMin: config.wallMin });
}
