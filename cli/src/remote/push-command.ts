import process from 'node:process';
import { basename, resolve } from 'node:path';
import type { Strategy } from '@quarry/contracts';
import type { StrategyOnDisk } from '../backtest/failure-words.js';
import type { Config } from '../config.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { readStrategy } from '../strategy-on-disk.js';
import { ApiClient } from './api-client.js';
import { readLogin } from './login-file.js';

/** `quarry push`: saves a strategy's files as a version on the server, and prints its hash. */
export async function push(
  path: string,
  flags: { readonly name?: string },
  config: Config,
  signal: AbortSignal,
): Promise<ExitCode> {
  const strategy = await readStrategy(path);
  const client = new ApiClient(await readLogin(config), signal);
  const { name, hash } = await pushed(client, strategy, flags.name ?? nameOf(path));
  process.stderr.write(`Saved as a version of "${name}" on ${client.address}.\n`);
  process.stdout.write(`${hash}\n`);
  return exitCodes.ok;
}

/** A strategy's name on the server is that of its folder or file, if no other is given. */
export function nameOf(path: string): string {
  return basename(resolve(path)).replace(/\.ts$/, '');
}

/** Saves the files as a version of the strategy of that name, which is made where there is none. */
export async function pushed(
  client: ApiClient,
  { source }: StrategyOnDisk,
  name: string,
): Promise<{ readonly id: string; readonly name: string; readonly hash: string }> {
  const known = (await client.ask('strategies', {})).find((one) => one.name === name);
  if (known) {
    const { hash } = await client.ask('saveVersion', { at: { id: known.id }, body: { source } });
    return { id: known.id, name, hash };
  }
  const made: Strategy = await client.ask('createStrategy', { body: { name, source } });
  return { id: made.id, name, hash: made.latestVersion };
}
