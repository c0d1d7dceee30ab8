import { join } from 'node:path';
import { createRunner, type RunLimits, type Runner } from '@quarry/runner';
import type { Config } from './config.js';

/** What a strategy may use unless `--timeout` and `--memory` say otherwise. */
export const defaultLimits: RunLimits = { wallMs: 60_000, memoryMb: 512, resultBytes: 64 * 1024 * 1024 };

export function openRunner(config: Config, limits: RunLimits = defaultLimits): Promise<Runner> {
  return createRunner({ directory: join(config.home, 'runner'), limits, wallMin: config.wallMin });
}
