import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Binaries } from './binaries.js';
import type { Cluster } from './cluster.js';
import { EmbeddedError } from './embedded-error.js';
import { freePort } from './free-port.js';
import { runningPostmaster, stopPostmaster } from './postmaster.js';

interface Server {
  readonly port: number;
  readonly pid: number;
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const throwAway = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'autovacuum=off',
  'shared_buffers=32MB',
];

/** Starts the server and waits until it takes connections. Its own words go to `<logs>/postgres.log`. */
export async function launch(
  cluster: Cluster,
  binaries: Binaries,
  logs: string,
  isThrowAway: boolean,
): Promise<Server> {
  await mkdir(logs, { recursive: true });
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const server = await tryLaunch(cluster, binaries, join(logs, 'postgres.log'), port, isThrowAway ? throwAway : []);
    if (typeof server !== 'string') return server;
    // Another process may take the port between our look and the server's own.
    const portWasTaken = server.includes('could not bind') || server.includes('could not create any TCP/IP sockets');
    if (!portWasTaken || attempt === 5) {
      throw new EmbeddedError(`The embedded PostgreSQL in ${cluster.data} does not start: ${server}`);
    }
  }
}

async function tryLaunch(
  cluster: Cluster,
  binaries: Binaries,
  log: string,
  port: number,
  settings: readonly string[],
): Promise<Server | string> {
  const all = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    `port=${port}`,
    'max_connections=200',
    'log_checkpoints=off',
    'logging_collector=off',
    'timezone=UTC',
    ...settings,
  ];
  const output = openSync(log, 'a', 0o600);
  const before = (await readFile(log, 'utf8')).length;
  // A session of its own: Ctrl-C at the terminal reaches the supervisor only, which closes the pools first.
  const child = spawn(binaries.postgres, ['-D', cluster.dataArgument, ...all.flatMap((setting) => ['-c', setting])], {
    ...cluster.spawnOptions,
    stdio: ['ignore', output, output],
    detached: true,
  });
  closeSync(output);
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      hasEnded = true;
      resolve();
    };
    child.once('exit', end);
    child.once('error', end);
  });
  const deadline = Date.now() + 60_000;
  while (!hasEnded && Date.now() < deadline) {
    const postmaster = await runningPostmaster(cluster.data);
    if (postmaster?.isReady && postmaster.pid === child.pid) {
      const { pid } = postmaster;
      return { port, pid, ended, stop: () => Promise.all([stopPostmaster(pid), ended]).then(() => undefined) };
    }
    await wait(20);
  }
  if (child.pid && !hasEnded) await stopPostmaster(child.pid);
  const words = (await readFile(log, 'utf8')).slice(before).trim();
  return words || `no answer within 60 seconds. See ${log}`;
}
