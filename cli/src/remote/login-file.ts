import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.js';
import { UsageError } from '../usage-error.js';

/** Where a Quarry server is, and the API token that it knows this person by. */
export interface Login {
  readonly address: string;
  readonly token: string;
}

/** @throws UsageError where nobody has logged in */
export async function readLogin(config: Config): Promise<Login> {
  const path = pathOf(config);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new UsageError(`${path} cannot be read (${error.code ?? error.message}). Run quarry login again.`);
  });
  if (text === null) {
    throw new UsageError('You are logged in nowhere. Run quarry login with the address of a Quarry server first.');
  }
  const login = loginOf(text);
  if (!login) throw new UsageError(`${path} holds no login. Run quarry login again.`);
  return login;
}

/** Keeps the login where nobody else of this machine can read it. */
export async function keepLogin(config: Config, login: Login): Promise<string> {
  const path = pathOf(config);
  await mkdir(config.personal, { recursive: true, mode: 0o700 });
  // Made anew: the rights of a file that stood there would stay.
  await rm(path, { force: true });
  await writeFile(path, `${JSON.stringify(login, null, 2)}\n`, { mode: 0o600 });
  return path;
}

export async function forgetLogin(config: Config): Promise<void> {
  await rm(pathOf(config), { force: true });
}

function pathOf({ personal }: Config): string {
  return join(personal, 'login.json');
}

function loginOf(text: string): Login | null {
  try {
    const { address, token } = JSON.parse(text) as Partial<Login>;
    return typeof address === 'string' && typeof token === 'string' ? { address, token } : null;
  } catch {
    return null;
  }
}
