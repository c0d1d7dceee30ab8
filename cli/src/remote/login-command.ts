import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text as readAll } from 'node:stream/consumers';
import type { Config } from '../config.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { UsageError } from '../usage-error.js';
import { ApiClient } from './api-client.js';
import { forgetLogin, keepLogin } from './login-file.js';
import { serverAddress } from './server-address.js';

/** `quarry login`: keeps a server's address and an API token, once the server has known the token. */
export async function login(address: string, config: Config, signal: AbortSignal): Promise<ExitCode> {
  const server = serverAddress(address);
  if (server.isInTheClear) {
    process.stderr.write('The token goes over the network unencrypted: use an https address outside of your own.\n');
  }
  const token = (await askedToken(server.address, signal)).trim();
  if (!/^quarry_[\w-]{43}[0-9a-f]{8}$/.test(token)) {
    throw new UsageError(
      'That is no API token: one begins with quarry_ and has 58 characters. Make one in the studio under Settings.',
    );
  }
  const { user, team, role } = await new ApiClient({ address: server.address, token }, signal).ask('session', {});
  const path = await keepLogin(config, { address: server.address, token });
  process.stderr.write(`${user.email} may act as ${role} of the team ${team.name}. Kept in ${path}.\n`);
  return exitCodes.ok;
}

/** `quarry logout` */
export async function logout(config: Config): Promise<ExitCode> {
  await forgetLogin(config);
  process.stderr.write('Logged out here. To end the token itself, revoke it in the studio under Settings.\n');
  return exitCodes.ok;
}

/** Typed unseen at a terminal, or piped in: never an argument, which every process of the machine can read. */
async function askedToken(address: string, signal: AbortSignal): Promise<string> {
  if (!process.stdin.isTTY) return readAll(process.stdin);
  const unseen = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const prompt = createInterface({ input: process.stdin, output: unseen, terminal: true });
  process.stderr.write(`API token for ${address} (Settings → API tokens): `);
  // The terminal is in raw mode while it asks: Ctrl-C comes as a key, not as a signal.
  prompt.on('SIGINT', () => process.emit('SIGINT'));
  try {
    return await prompt.question('', { signal });
  } finally {
    prompt.close();
    process.stderr.write('\n');
  }
}
