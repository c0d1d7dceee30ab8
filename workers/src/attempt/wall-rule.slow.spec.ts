import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Health } from '@quarry/contracts';
import { Database } from '@quarry/platform/database';
import { crossover } from '../testing/strategies.js';
import { TestCluster } from '../testing/test-worker.js';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await TestCluster.start();
}, 60_000);
afterAll(() => cluster.stop(), 30_000);

async function healthOf(worker: INestApplication): Promise<Health> {
  return Health.parse(await (await fetch(`${await worker.getUrl()}/health`)).json());
}

async function addTeam(): Promise<void> {
  const owner = await Database.connect(cluster.server.ownerUrl, { applicationName: 'owner', poolSize: 1 });
  await owner.asStranger((stranger) => stranger.rows(`INSERT INTO team (name) VALUES ('Another')`));
  await owner.close();
}

test('a worker behind a weak wall serves one team, and several only where that was accepted', async () => {
  const unasked = await cluster.worker(20_000, { wallMax: 'permission', wallMin: null });
  const first = await cluster.strategy(crossover);
  expect((await cluster.ended(first.checkRunId)).state).toBe('succeeded');
  expect((await healthOf(unasked)).status).toBe('ok');

  await addTeam();
  const second = await cluster.strategy(`${crossover}\n// of a database with two teams`);
  await pause(1_500);
  expect((await cluster.run(second.checkRunId)).state).toBe('queued');
  expect(await healthOf(unasked)).toMatchObject({
    status: 'degraded',
    parts: { runner: { status: 'down', detail: expect.stringContaining('RUNNER_WALL_MIN=permission') } },
  });

  await cluster.close(unasked);
  await cluster.worker(20_000, { wallMax: 'permission', wallMin: 'permission' });
  expect((await cluster.ended(second.checkRunId)).state).toBe('succeeded');
}, 120_000);
