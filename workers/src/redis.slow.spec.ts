import { expect, test } from '@jest/globals';
import { Dispatcher } from '@quarry/platform/database';
import { hasRedis, RedisProcess } from './testing/redis-process.js';
import { crossover } from './testing/strategies.js';
import { TestCluster } from './testing/test-worker.js';

if (!hasRedis) console.log('Workers were not tried on Redis: there is no redis-server on the PATH.');
const testWithRedis = hasRedis ? test : test.skip;

testWithRedis(
  'SAFETY bar 21: runs wait as rows and in Redis, Redis dies and comes back empty, and all of them still end, each once; a sweep in slices too, with the results of one that is not cut',
  async () => {
    const redis = await RedisProcess.start('no');
    const cluster = await TestCluster.start(`redis://127.0.0.1:${redis.port}`);
    const queue = cluster.queue();
    const dispatcher = new Dispatcher(cluster.database, queue, { onError: () => undefined });
    try {
      const versions: Awaited<ReturnType<TestCluster['strategy']>>[] = [];
      for (let index = 0; index < 5; index += 1) versions.push(await cluster.strategy(`${crossover}\n// ${index}`));
      while ((await queue.depth()).waiting === 0) await new Promise((resolve) => setTimeout(resolve, 20));

      await redis.killAndRestart();
      await cluster.worker();
      const runs = await Promise.all(versions.map(({ checkRunId }) => cluster.ended(checkRunId)));
      const attempts = await Promise.all(runs.map(async (run) => (await cluster.attempts(run.id)).length));
      expect([runs.map((run) => run.state), attempts]).toEqual([Array(5).fill('succeeded'), Array(5).fill(1)]);

      const sp500 = await cluster.dataset('sp500');
      const sweep = async (slices: number): Promise<Buffer> => {
        const search = { method: 'sobol', trials: 130 };
        const asked = { kind: 'sweep', search, slices, fresh: true, options: { from: '2017-06-01' } } as const;
        const id = await cluster.submit(versions[0] ?? { strategyId: '', version: '' }, sp500, asked);
        await cluster.ended(id);
        return cluster.artifact(id, 'trials.parquet');
      };
      expect(await sweep(3)).toEqual(await sweep(1));
    } finally {
      await dispatcher.close();
      await cluster.stop();
      await queue.close();
      await redis.stop();
    }
  },
  120_000,
);
