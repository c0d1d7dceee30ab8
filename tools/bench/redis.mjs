import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@quarry/platform/embedded';

/** A Redis with an append-only file, as a cluster has it; null where there is no redis-server on the PATH. */
export async function bareRedis() {
  if (spawnSync('redis-server', ['--version']).status !== 0) return null;
  const directory = await mkdtemp(join(tmpdir(), 'quarry-bench-'));
  const port = String(await freePort());
  const settings = ['--appendonly', 'yes', '--save', '', '--maxmemory-policy', 'noeviction'];
  const server = spawn('redis-server', ['--port', port, '--bind', '127.0.0.1', '--dir', directory, ...settings]);
  for await (const said of server.stdout.setEncoding('utf8')) if (said.includes('Ready to accept connections')) break;
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
