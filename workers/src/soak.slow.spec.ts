import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ServiceProcess } from './testing/service-process.js';
import { crossover } from './testing/strategies.js';
import { TestCluster } from './testing/test-worker.js';

let cluster: TestCluster;
const alive = new Set<ServiceProcess>();

beforeAll(async () => {
  cluster = await TestCluster.start();
}, 60_000);

afterAll(async () => {
  await Promise.all([...alive].map((worker) => worker.end('SIGKILL')));
  await cluster.stop();
}, 30_000);

async function worker(): Promise<void> {
  const settings = { LANES: '1', LEASE_MS: '1500', QUEUE_LOCK_MS: '1500', QUEUE_STALLED_MS: '750' };
  alive.add(
    await ServiceProcess.start('workers', {
      DATABASE_URL: cluster.workerUrl,
      QUARRY_HOME: cluster.folder,
      ...settings,
    }),
  );
}

/** The same throws for the same seed (a linear congruence, Numerical Recipes). */
function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

test('SAFETY bar 24, in short: workers are killed, stopped and sent away; every run ends once, with the honest result', async () => {
  const seed = 20_261_121;
  const roll = dice(seed);
  console.log(`soak: 24 runs, six faults, seed ${seed}`);
  await worker();
  const sp500 = await cluster.dataset('sp500');
  const strategies = await Promise.all(
    Array.from({ length: 4 }, (_, index) => cluster.strategy(`${crossover}\n// ${index}`)),
  );
  const honest = await cluster.ended(await cluster.backtest(strategies[0] ?? { strategyId: '', version: '' }, sp500));
  await worker();

  const ids: string[] = [];
  const starting: Promise<void>[] = [];
  for (const fault of ['SIGKILL', 'SIGSTOP', 'SIGKILL', 'SIGTERM', 'SIGSTOP', 'SIGKILL'] as const) {
    for (const strategy of strategies) ids.push(await cluster.backtest(strategy, sp500, {}, true));
    await pause(roll(500));
    if (alive.size === 0) await starting.shift();
    const [victim] = [...alive].slice(roll(alive.size));
    if (fault === 'SIGSTOP') {
      victim?.signal('SIGSTOP');
      await pause(2_000);
      victim?.signal('SIGCONT');
    } else if (victim) {
      alive.delete(victim);
      await victim.end(fault);
      starting.push(worker());
    }
  }
  await Promise.all(starting);

  const runs = await Promise.all(ids.map((id) => cluster.ended(id, 60_000)));
  const ends = await Promise.all(
    ids.map(async (id) => (await cluster.events(id)).states.filter((state) => state === 'succeeded').length),
  );
  const shelved = await Promise.all(ids.map(async (id) => (await cluster.artifactsOf(id)).length > 0));
  expect(runs.filter((run) => run.state !== 'succeeded' || run.orderListHash !== honest.orderListHash)).toEqual([]);
  expect([ids.length, new Set(ends), new Set(shelved)]).toEqual([24, new Set([1]), new Set([true])]);
}, 180_000);
