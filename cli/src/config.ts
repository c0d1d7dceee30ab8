import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { UsageError } from './usage-error.js';

export interface Config {
  /** Where datasets, the column cache and temporary files lie. */
  readonly home: string;
  /** What is this person's own, wherever they work: their login. */
  readonly personal: string;
  /** The weakest wall around a strategy that is accepted. */
  readonly wallMin: 'full' | 'permission' | 'none';
  /** Whether the terminal may be sent colours, if it is one. */
  readonly colour: boolean;
}

/** Reads the environment. QUARRY_HOME names the home; else it is the nearest `.quarry` above, or that of the checkout. */
export function readConfig(env: NodeJS.ProcessEnv = process.env, cwd = process.cwd()): Config {
  const wallMin = env['RUNNER_WALL_MIN'] || 'none';
  if (wallMin !== 'full' && wallMin !== 'permission' && wallMin !== 'none') {
    throw new UsageError(`RUNNER_WALL_MIN is "${wallMin}". Set it to full, permission or none.`);
  }
  return {
    home: homeOf(env['QUARRY_HOME'], cwd),
    personal: join(personalFolder(env), 'quarry'),
    wallMin,
    colour: !env['NO_COLOR'] && env['TERM'] !== 'dumb',
  };
}

/** Where programs keep what is a person's own (XDG Base Directory Specification; %APPDATA% on Windows). */
function personalFolder(env: NodeJS.ProcessEnv): string {
  return env['XDG_CONFIG_HOME'] || env['APPDATA'] || join(homedir(), '.config');
}

function homeOf(named: string | undefined, cwd: string): string {
  if (named) return resolve(cwd, named);
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.quarry'))) return join(folder, '.quarry');
    if (folder === dirname(folder)) break;
  }
  const checkout = fileURLToPath(new URL('../..', import.meta.url));
  return existsSync(join(checkout, 'strategies')) ? join(checkout, '.quarry') : join(homedir(), '.quarry');
}
