import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Run } from '@quarry/contracts';
import { roleUrl } from '@quarry/platform/database';
import { freePort } from '@quarry/platform/embedded';
import { busyChild, gone } from './testing/child-processes.js';
import { ServiceProcess } from './testing/service-process.js';
import { slowStrategy } from './testing/strategies.js';
import { TestCluster } from './testing/test-worker.js';

let cluster: TestCluster;
let sp500: { datasetId: string; version: string };
let strategy: { strategyId: string; version: string };
/** What the run comes to where nothing goes wrong. */
let honest: string;
const started: ServiceProcess[] = [];

beforeAll(async () => {
  cluster = await TestCluster.start();
  const worker = await cluster.worker(60_000);
  sp500 = await cluster.dataset('sp500');
  strategy = await cluster.strategy(slowStrategy);
  const run = await cluster.ended(await cluster.backtest(strategy, sp500));
  if (run.orderListHash === null) throw new Error(run.failure?.message ?? run.state);
  honest = run.orderListHash;
  await cluster.close(worker);
}, 120_000);

afterAll(async () => {
  await Promise.all(started.map((service) => service.end('SIGKILL')));
  await cluster.stop();
}, 30_000);

const leaseMs = 2_000;

async function service(part: 'api' | 'workers', env: Record<string, string>): Promise<ServiceProcess> {
  const launched = await ServiceProcess.start(part, {
    QUARRY_HOME: cluster.folder,
    QUEUE_LOCK_MS: '2000',
    QUEUE_STALLED_MS: '1000',
    ...env,
  });
  started.push(launched);
  return launched;
}

function worker(): Promise<ServiceProcess> {
  return service('workers', { DATABASE_URL: cluster.workerUrl, LANES: '1', LEASE_MS: String(leaseMs) });
}

test('issue 2, done when 6, and SAFETY bar 15: a run whose whole worker is killed is finished once by the next', async () => {
  const doomed = await worker();
  const id = await cluster.backtest(strategy, sp500, {}, true);
  const child = await busyChild(doomed.pid);
  await doomed.end('SIGKILL');
  await gone(child);
  await worker();
  const run = await cluster.ended(id);
  expect([run.state, run.orderListHash, (await cluster.attempts(id)).length]).toEqual(['succeeded', honest, 2]);
  // Whoever notices the lost lease first: the next lane claims the run as it is, or the relay queues it again before.
  const { states } = await cluster.events(id);
  expect(states.filter((state, at) => at === 0 || state !== 'queued')).toEqual([
    'queued',
    'running',
    'running',
    'succeeded',
  ]);
  await endAll();
}, 120_000);

test('SAFETY bar 16: a worker that was stopped for three leases commits nothing when it goes on', async () => {
  const zombie = await worker();
  const id = await cluster.backtest(strategy, sp500, {}, true);
  await busyChild(zombie.pid);
  zombie.signal('SIGSTOP');
  await worker();
  const run = await cluster.ended(id);
  zombie.signal('SIGCONT');
  const refused = await refusedBy(zombie);
  const shelved = await cluster.shelved(id);
  const kept = await cluster.artifactsOf(id);
  expect([run.state, run.orderListHash, refused, shelved]).toEqual(['succeeded', honest, 1, kept.length]);
  expect((await cluster.events(id)).states.filter((state) => state === 'succeeded')).toEqual(['succeeded']);
  await endAll();
}, 120_000);

test('SAFETY bar 25: a worker that is asked to go ends well, and hands back what it cannot finish', async () => {
  const leaving = await worker();
  const id = await cluster.backtest(strategy, sp500, {}, true);
  await busyChild(leaving.pid);
  expect(await leaving.end('SIGTERM')).toBe(0);
  await worker();
  expect((await cluster.ended(id)).orderListHash).toBe(honest);
  await endAll();
}, 120_000);

test('issue 2, done when 6: a run whose API is killed between insert and enqueue still starts', async () => {
  const env = {
    DATABASE_URL: roleUrl(cluster.server.ownerUrl, 'quarry_app', cluster.server.passwords.app),
    QUARRY_HOME: join(cluster.folder, 'api'),
  };
  // Nobody answers on this port, so that nothing this API inserts comes as far as a queue.
  const nowhere = `redis://127.0.0.1:${await freePort()}`;
  const doomed = await service('api', { ...env, PORT: String(await freePort()), REDIS_URL: nowhere });
  const run = await submit(doomed.url);
  expect(await doomed.end('SIGKILL')).toBeNull();
  await service('api', { ...env, PORT: String(await freePort()) });
  const queue = cluster.queue();
  while ((await queue.depth()).waiting === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  await queue.close();
  await worker();
  const ended = await cluster.ended(run.id);
  expect([run.state, ended.state, ended.orderListHash]).toEqual(['queued', 'succeeded', honest]);
  await endAll();
}, 120_000);

async function submit(url: string): Promise<Run> {
  const headers = { 'content-type': 'application/json', 'x-quarry': '1' };
  const signedIn = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify(cluster.credentials),
  });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const body = JSON.stringify({
    kind: 'backtest',
    strategyVersion: strategy.version,
    datasetId: sp500.datasetId,
    fresh: true,
  });
  const response = await fetch(`${url}/api/runs`, { method: 'POST', headers: { ...headers, cookie }, body });
  if (response.status !== 202) throw new Error(await response.text());
  return (await response.json()) as Run;
}

/** How many attempts the worker had to give up because its token held no longer; waits for the first. */
async function refusedBy(service: ServiceProcess): Promise<number> {
  for (;;) {
    const text = await (await fetch(`${service.url}/metrics`)).text();
    const count = Number(/^quarry_refused_writes_total (\d+)$/m.exec(text)?.[1]);
    if (count > 0) return count;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function endAll(): Promise<void> {
  await Promise.all(started.splice(0).map((running) => running.end('SIGKILL')));
}
