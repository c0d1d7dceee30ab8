import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hasEnded, roleUrl } from '@quarry/platform/database';
import { freePort } from '@quarry/platform/embedded';
import { LooseWire } from './testing/loose-wire.js';
import { Nemesis } from './testing/nemesis.js';
import { hasRedis, RedisProcess } from './testing/redis-process.js';
import { ServiceProcess } from './testing/service-process.js';
import { crossover } from './testing/strategies.js';
import { TestCluster } from './testing/test-worker.js';

/** `npm run bars -- 24` runs the full form, for ten minutes. */
const isFull = process.env['QUARRY_BARS'] === 'full';
const size = isFull
  ? { sweeps: 10, slices: 48, workers: 4, seconds: 600 }
  : { sweeps: 2, slices: 8, workers: 2, seconds: 0 };
const seed = Number(process.env['QUARRY_SEED'] ?? 20_261_121);

let redis: RedisProcess | null;
let wires: { database: LooseWire; redis: LooseWire | null };
let cluster: TestCluster;
let nemesis: Nemesis;

beforeAll(async () => {
  redis = hasRedis ? await RedisProcess.start('yes') : null;
  if (!redis) console.log('The soak has no Redis to kill: there is no redis-server on the PATH.');
  cluster = await TestCluster.start(redis && `redis://127.0.0.1:${redis.port}`);
  wires = {
    database: await LooseWire.to(cluster.server.port),
    redis: redis && (await LooseWire.to(redis.port)),
  };
  const apiPort = await freePort();
  nemesis = await Nemesis.over(
    {
      cluster,
      redis,
      wires: [wires.database, ...(wires.redis ? [wires.redis] : [])],
      startWorker: () => service('workers', cluster.workerUrl, { LANES: '1', LEASE_MS: '4000' }),
      startApi: () =>
        service('api', roleUrl(cluster.server.ownerUrl, 'quarry_app', cluster.server.passwords.app), {
          PORT: String(apiPort),
        }),
    },
    size.workers,
    dice(seed),
  );
}, 120_000);

afterAll(async () => {
  await nemesis.end();
  await cluster.stop();
  await wires.database.close();
  await wires.redis?.close();
  await redis?.stop();
}, 60_000);

/** A process whose ways to the stores can be cut. */
function service(
  part: 'api' | 'workers',
  databaseUrl: string,
  settings: Readonly<Record<string, string>>,
): Promise<ServiceProcess> {
  const database = new URL(databaseUrl);
  database.port = String(wires.database.port);
  return ServiceProcess.start(part, {
    DATABASE_URL: database.href,
    QUARRY_HOME: cluster.folder,
    QUEUE_LOCK_MS: '4000',
    QUEUE_STALLED_MS: '2000',
    ...(wires.redis ? { REDIS_URL: `redis://127.0.0.1:${wires.redis.port}` } : {}),
    ...settings,
  });
}

/** The same throws for the same seed (a linear congruence, Numerical Recipes). */
function dice(start: number): (sides: number) => number {
  let state = start >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** What the database says, however often it is away before it does. */
async function persist<T>(ask: () => Promise<T>): Promise<T> {
  const until = performance.now() + 60_000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > until) throw error;
      await pause(100);
    }
  }
}

test(`SAFETY bar 24${isFull ? '' : ', in short'}: whatever breaks, every run ends once, and sums equal those of an undisturbed run bit for bit`, async () => {
  const sp500 = await cluster.dataset('sp500');
  const strategy = await cluster.strategy(crossover);
  const sweep = (): Promise<string> =>
    cluster.submit(strategy, sp500, {
      ...{ kind: 'sweep', fresh: true, slices: size.slices, options: { from: '2017-06-01', to: '2019-06-01' } },
      search: { method: 'sobol', trials: 64 * size.slices },
    });
  const undisturbed = await sweep();
  await cluster.ended(undisturbed, 300_000);
  const honest = await cluster.artifact(undisturbed, 'trials.parquet');

  const ids: string[] = [];
  const submitAll = async (): Promise<void> => {
    for (let index = 0; index < size.sweeps; index += 1) ids.push(await persist(sweep));
  };
  const open = (): Promise<number> =>
    persist(async () => {
      const runs = await Promise.all(ids.map((id) => cluster.run(id)));
      return runs.filter(({ state }) => !hasEnded(state)).length;
    });
  const from = performance.now();
  const elapsed = (): number => (performance.now() - from) / 1000;
  await submitAll();
  for await (const fault of nemesis.break()) {
    if (isFull) console.log(`${elapsed().toFixed(0)} s: ${fault}; ${await open()} sweeps are open`);
    if (nemesis.hasDoneAll && elapsed() > size.seconds) break;
    // There is always something to break.
    if ((await open()) === 0) await submitAll();
    await pause(300);
  }
  while ((await open()) > 0) {
    if (elapsed() > size.seconds + 240) throw new Error(`${await open()} sweeps did not end.`);
    await pause(200);
  }

  const told = await Promise.all(
    ids.map(async (id) => {
      const [run, events] = [await persist(() => cluster.run(id)), await persist(() => cluster.events(id))];
      return {
        state: run.state,
        failure: run.failure?.message,
        ends: events.states.filter(hasEnded).length,
        slices: (await cluster.slices(id)).length,
        attempts: (await cluster.attempts(id)).length,
        isHonest: run.state === 'succeeded' && (await cluster.artifact(id, 'trials.parquet')).equals(honest),
      };
    }),
  );
  const sum = (of: (one: (typeof told)[number]) => number): number => told.reduce((total, one) => total + of(one), 0);
  const rows = [
    ...nemesis.counts,
    ['seed', seed],
    ['seconds', Math.round(elapsed())],
    ['sweeps', told.length],
    ['slices', sum(({ slices }) => slices)],
    ['attempts', sum(({ attempts }) => attempts)],
    ['results as undisturbed', sum(({ isHonest }) => Number(isHonest))],
  ];
  console.log(rows.map(([name, value]) => `${String(name).padEnd(32)} ${String(value).padStart(6)}`).join('\n'));
  const honestly = { state: 'succeeded', failure: undefined, ends: 1, slices: size.slices + 2, isHonest: true };
  expect(told.map(({ attempts: _, ...one }) => one)).toEqual(told.map(() => honestly));
  expect(await runsThatRun()).toBe(0);
}, 1_200_000);

/** Of no run that has ended does a slice still run or wait. */
async function runsThatRun(): Promise<number> {
  const rows = await cluster.database.inTeam(cluster.team, (scope) =>
    scope.rows<{ count: number }>(
      `SELECT count(*)::int AS count FROM slice WHERE state IN ('queued', 'running') AND run_id IN
         (SELECT id FROM run WHERE finished_at IS NOT NULL)`,
    ),
  );
  return rows[0]?.count ?? 0;
}
