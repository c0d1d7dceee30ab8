import { dirname, resolve } from 'node:path';
import { stat } from 'node:fs/promises';
import { readStrategyFolder } from '@quarry/runner';
import { StrategySource } from '@quarry/contracts';
import type { StrategyOnDisk } from './backtest/failure-words.js';
import { UsageError } from './usage-error.js';

/** Reads a strategy's folder or file. */
export async function readStrategy(path: string): Promise<StrategyOnDisk> {
  const source = await readStrategyFolder(path).catch((error: unknown) => {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  });
  const parsed = StrategySource.safeParse(source);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UsageError(`"${path}" is no strategy: ${issue?.path.join(' ') ?? ''} ${issue?.message ?? ''}`);
  }
  const found = await stat(path);
  return { source: parsed.data, folder: found.isFile() ? dirname(resolve(path)) : resolve(path) };
}
