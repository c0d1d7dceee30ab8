import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Dispatcher } from '@quarry/platform/database';
import { freePort } from '@quarry/platform/embedded';
import { crossover } from './testing/strategies.js';
import { TestCluster } from './testing/test-worker.js';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis) console.log('Workers were not tried on Redis: there is no redis-server on the PATH.');
const testWithRedis = hasRedis ? test : test.skip;

function redis(port: number, directory: string): ChildProcess {
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', ''];
  return spawn('redis-server', args, { stdio: 'ignore' });
}

testWithRedis(
  'SAFETY bar 21: runs wait as rows and in Redis, Redis dies and comes back empty, and all of them still end, each once',
  async () => {
    const directory = await mkdtemp(join(tmpdir(), 'quarry-redis-'));
    const port = await freePort();
    let server = redis(port, directory);
    const cluster = await TestCluster.start(`redis://127.0.0.1:${port}`);
    const queue = cluster.queue();
    const dispatcher = new Dispatcher(cluster.database, queue, { onError: () => undefined });
    try {
      const versions = [];
      for (let index = 0; index < 5; index += 1) versions.push(await cluster.strategy(`${crossover}\n// ${index}`));
      while ((await queue.depth()).waiting === 0) await new Promise((resolve) => setTimeout(resolve, 20));

      const dead = once(server, 'exit');
      server.kill('SIGKILL');
      await dead;
      server = redis(port, directory);
      await cluster.worker();
      const runs = await Promise.all(versions.map(({ checkRunId }) => cluster.ended(checkRunId)));
      const attempts = await Promise.all(runs.map(async (run) => (await cluster.attempts(run.id)).length));
      expect([runs.map((run) => run.state), attempts]).toEqual([Array(5).fill('succeeded'), Array(5).fill(1)]);
    } finally {
      await dispatcher.close();
      await cluster.stop();
      await queue.close();
      server.kill('SIGKILL');
      await rm(directory, { recursive: true, force: true });
    }
  },
  120_000,
);
