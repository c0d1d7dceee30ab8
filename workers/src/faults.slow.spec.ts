import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Run } from '@quarry/contracts';
import { hasEnded, roleUrl } from '@quarry/platform/database';
import { freePort } from '@quarry/platform/embedded';
import { wrappedStrategies } from '../../libs/runner/src/hostile/wrapped-strategies.js';
import { busyChild, gone } from './testing/child-processes.js';
import { artifactsWith, toldOf } from './testing/left-by-runs.js';
import { RunListener } from './testing/run-listener.js';
import { ServiceProcess } from './testing/service-process.js';
import { crossover, slowStrategy } from './testing/strategies.js';
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

function worker(env: Record<string, string> = {}): Promise<ServiceProcess> {
  return service('workers', { DATABASE_URL: cluster.workerUrl, LANES: '1', LEASE_MS: String(leaseMs), ...env });
}

function appUrl(): string {
  return roleUrl(cluster.server.ownerUrl, 'quarry_app', cluster.server.passwords.app);
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
  const leaving = await worker({ DRAIN_MS: '500' });
  const id = await cluster.backtest(strategy, sp500, {}, true);
  await busyChild(leaving.pid);
  expect(await leaving.end('SIGTERM')).toBe(0);
  await worker();
  expect((await cluster.ended(id)).orderListHash).toBe(honest);
  await endAll();
}, 120_000);

/** `npm run bars -- 4` and `-- 25` run the full forms. */
const isFull = process.env['QUARRY_BARS'] === 'full';

const rolling = isFull
  ? { runs: 500, long: 6, turns: 18, everyMs: 10_000, drainMs: 1_000 }
  : { runs: 8, long: 2, turns: 3, everyMs: 0, drainMs: 300 };

test(`SAFETY bar 25: two workers and the API are restarted in turn while ${rolling.runs} runs go on: each ends well, nothing that was handed back counts as lost, all runs end once, and who listens hears each event once`, async () => {
  const port = String(await freePort());
  const api = (): Promise<ServiceProcess> =>
    service('api', { DATABASE_URL: appUrl(), PORT: port, LIMIT_USER_REQUESTS_PER_MINUTE: '1000000' });
  const rolled = (): Promise<ServiceProcess> => worker({ DRAIN_MS: String(rolling.drainMs) });
  const starts = [rolled, rolled, api];
  const running = await Promise.all(starts.map((start) => start()));
  const url = running[2]?.url ?? '';
  const cookie = await signedIn(url);

  const short = await cluster.strategy(crossover);
  const ofShort = (await cluster.ended(await cluster.backtest(short, sp500), 300_000)).orderListHash;
  const ids: string[] = [];
  for (let index = 0; index < rolling.runs; index += 1) {
    ids.push(await cluster.backtest(index < rolling.long ? strategy : short, sp500, {}, true));
  }
  const listeners = ids.map((runId) => new RunListener({ url, cookie, runId }));
  const open = async (): Promise<boolean> => (await cluster.openRuns()) > 0;

  // Somebody is at work when asked to go.
  await busyChild(running[0]?.pid);
  const endings: { code: number | null; isInTime: boolean }[] = [];
  for (let turn = 0; turn < rolling.turns && (await open()); turn += 1) {
    const next = pause(rolling.everyMs);
    const at = turn % starts.length;
    const asked = performance.now();
    const code = (await running[at]?.end('SIGTERM')) ?? null;
    endings.push({ code, isInTime: performance.now() - asked < 30_000 });
    running[at] = await starts[at]!();
    await next;
  }
  await Promise.all(listeners.map(({ ended }) => ended));

  const told: object[] = [];
  const attempts: number[] = [];
  for (const [index, id] of ids.entries()) {
    const run = await cluster.run(id);
    const events = await cluster.eventNumbers(id);
    told.push({
      state: run.state,
      isHonest: run.orderListHash === (index < rolling.long ? honest : ofShort),
      ends: (await cluster.events(id)).states.filter(hasEnded).length,
      lost: (await cluster.slices(id)).reduce((sum, { recoveries }) => sum + recoveries, 0),
      heardEach: String(listeners[index]?.heard) === String(events),
    });
    attempts.push((await cluster.attempts(id)).length);
  }
  const handedBack = attempts.reduce((sum, count) => sum + count - 1, 0);
  const breaks = listeners.reduce((sum, listener) => sum + listener.breaks, 0);
  console.log(
    `${endings.length} restarts, ${ids.length} runs, ${handedBack} handed back, streams broken off ${breaks} times`,
  );
  expect(endings).toEqual(endings.map(() => ({ code: 0, isInTime: true })));
  expect(told).toEqual(told.map(() => ({ state: 'succeeded', isHonest: true, ends: 1, lost: 0, heardEach: true })));
  expect([endings.length >= 3, handedBack > 0, breaks > 0]).toEqual([true, true, true]);
  await endAll();
}, 600_000);

const crowd = isFull
  ? { strategies: wrappedStrategies(85), honest: 50 }
  : { strategies: wrappedStrategies(12, { once: true }), honest: 3 };

test(`SAFETY bar 4: ${crowd.strategies.length} hostile strategies on two workers all end as strategies may, no worker dies of them, none gets out, and the results of ${crowd.honest} honest runs among them are right`, async () => {
  const canary = `canary-${randomUUID()}`;
  await writeFile(join(cluster.folder, 'secret.txt'), canary, { mode: 0o644 });
  const env = { QUARRY_CANARY: canary, RUN_WALL_MS: '1500', RUN_MEMORY_MB: '128', RUN_RESULT_MB: '8' };
  const workers = await Promise.all([worker(env), worker(env)]);
  const short = await cluster.strategy(crossover);
  const alone = await cluster.ended(await cluster.backtest(short, sp500), 300_000);
  const every = Math.floor(crowd.strategies.length / crowd.honest);
  const hostile: string[] = [];
  const honestly: string[] = [];
  for (const [index, { source }] of crowd.strategies.entries()) {
    hostile.push(await cluster.backtest(await cluster.strategyOf(source), sp500));
    if (index % every === 0 && honestly.length < crowd.honest) {
      honestly.push(await cluster.backtest(short, sp500, {}, true));
    }
  }

  const ends: Record<string, number> = {};
  const refused: string[] = [];
  for (const [index, id] of hostile.entries()) {
    const { state, failure } = await cluster.ended(id, 120_000);
    const end = failure?.code ?? state;
    ends[end] = (ends[end] ?? 0) + 1;
    if (!mayEnd.includes(end)) refused.push(`${crowd.strategies[index]?.name}: ${end}`);
  }
  const hashes: (string | null)[] = [];
  for (const id of honestly) hashes.push((await cluster.ended(id, 120_000)).orderListHash);
  console.log(`${hostile.length} hostile runs among ${honestly.length} honest ones: ${JSON.stringify(ends)}`);
  expect([refused, workers.map(({ isAlive }) => isAlive)]).toEqual([[], [true, true]]);
  expect(hashes).toEqual(Array.from({ length: crowd.honest }, () => alone.orderListHash));
  const gotOut = (await toldOf(cluster, hostile)).filter((told) => told.includes('ESCAPED') || told.includes(canary));
  expect([gotOut, await artifactsWith(cluster, canary)]).toEqual([[], []]);
  await endAll();
}, 2_400_000);

/** What becomes of a run by what its strategy does. */
const mayEnd = [
  'succeeded',
  ...['does-not-compile', 'threw', 'timed-out', 'out-of-memory', 'crashed', 'bad-result', 'result-too-large'],
];

test('issue 2, done when 6: a run whose API is killed between insert and enqueue still starts', async () => {
  const env = {
    DATABASE_URL: appUrl(),
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

const headers = { 'content-type': 'application/json', 'x-quarry': '1' };

/** The cookie of somebody who has signed in. */
async function signedIn(url: string): Promise<string> {
  const body = JSON.stringify(cluster.credentials);
  const response = await fetch(`${url}/api/session`, { method: 'POST', headers, body });
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

async function submit(url: string): Promise<Run> {
  const cookie = await signedIn(url);
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
