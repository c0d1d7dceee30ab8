import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Quarry as `npm start` brings it up, in a home of its own. */
export interface RunningQuarry {
  readonly address: string;
  readonly email: string;
  readonly password: string;
  stop(): Promise<void>;
}

/** Runs `npm start` and reads what it prints for a person: the address and the first credentials. */
export async function startQuarry(): Promise<RunningQuarry> {
  const home = await mkdtemp(join(tmpdir(), 'quarry-e2e-'));
  const port = String(await freePort());
  const npm = spawn('npm', ['start', '--', '--home', home, '--port', port], {
    cwd: root,
    // A group of its own: npm, its shell and Quarry are then ended together.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => npm.on('close', () => resolve()));

  let printed = '';
  const welcome = await new Promise<Omit<RunningQuarry, 'stop'>>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      printed += chunk.toString();
      const [, address] = /(http:\/\/\S+)/.exec(printed) ?? [];
      const [, email] = /Email\s+(\S+)/.exec(printed) ?? [];
      const [, password] = /Password\s+(\S+)\s/.exec(printed) ?? [];
      if (address && email && password) resolve({ address, email, password });
    };
    npm.stdout.on('data', read);
    npm.stderr.on('data', read);
    void ended.then(() => reject(new Error(`npm start ended before it was ready:\n${printed}`)));
  });

  return {
    ...welcome,
    async stop() {
      if (npm.pid) process.kill(-npm.pid, 'SIGTERM');
      await ended;
      await rm(home, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
