import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { freePort, startTemporaryPostgres } from '../embedded/index.js';
import type { QueueSettings } from './bull-run-queue.js';
import { migratePostgresQueue, openPostgresQueue } from './postgres-queue.js';
import { openRedisQueue } from './redis-queue.js';
import type { Dispatch, RunQueue } from './run-queue.js';

/** A store that a queue can be opened on, and the built module that does so in another process. */
interface Store {
  readonly url: string;
  readonly module: string;
  readonly opener: string;
  open(settings: QueueSettings): RunQueue;
  stop(): Promise<void>;
}

async function startPostgres(): Promise<Store> {
  const server = await startTemporaryPostgres();
  await migratePostgresQueue(server.ownerUrl, []);
  await migratePostgresQueue(server.ownerUrl, []);
  const url = server.ownerUrl;
  const open = (settings: QueueSettings) => openPostgresQueue(url, settings);
  return { url, module: 'postgres-queue.js', opener: 'openPostgresQueue', open, stop: () => server.stop() };
}

async function startRedis(...more: readonly string[]): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), 'quarry-redis-'));
  const port = await freePort();
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--loglevel',
    'warning',
    ...more,
  ];
  const server = spawn('redis-server', args, { stdio: 'ignore' });
  const url = `redis://127.0.0.1:${port}`;
  const open = (settings: QueueSettings) => openRedisQueue(url, settings);
  const probe = open({ name: 'probe', lockMs: 1000, stalledMs: 500, onTrouble: () => undefined });
  await until(() =>
    probe.depth().then(
      () => true,
      () => false,
    ),
  );
  await probe.close();
  return {
    url,
    module: 'redis-queue.js',
    opener: 'openRedisQueue',
    open,
    stop: async () => {
      await end(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
const testWithRedis = hasRedis ? test : test.skip;
const stores = [{ name: 'PostgreSQL', start: startPostgres }];
if (hasRedis) stores.push({ name: 'Redis', start: () => startRedis() });
else console.log('The queue was not tried on Redis: there is no redis-server on the PATH.');

describe.each(stores)('the queue on $name', ({ start }) => {
  let store: Store;
  const open: RunQueue[] = [];

  beforeAll(async () => {
    store = await start();
  }, 60_000);

  afterAll(async () => {
    await Promise.all(open.map((queue) => queue.close()));
    await store.stop();
  }, 60_000);

  function openQueue(name: string = randomUUID()): RunQueue {
    const queue = store.open({ name, lockMs: 1000, stalledMs: 500, onTrouble: () => undefined });
    open.push(queue);
    return queue;
  }

  test('hands each dispatch to one handler, with its ids and number', async () => {
    const queue = openQueue();
    const dispatches = Array.from({ length: 20 }, (_, number) => dispatch(number));
    const seen: Dispatch[] = [];
    await Promise.all(dispatches.map((one) => queue.enqueue(one)));
    await queue.consume(4, async (one) => void seen.push(one));
    await until(() => seen.length >= 20);
    expect(seen.toSorted((a, b) => a.number - b.number)).toEqual(dispatches);
  });

  test('adding a dispatch that is there is a no-op, also after it was worked on', async () => {
    const queue = openQueue();
    const first = dispatch(1);
    await queue.enqueue(first);
    await queue.enqueue(first);
    expect(await queue.depth()).toEqual({ waiting: 1, active: 0 });

    const seen: Dispatch[] = [];
    const next = { ...first, number: 2 };
    await queue.consume(1, async (one) => void seen.push(one));
    await until(() => seen.length === 1);
    await until(async () => (await queue.depth()).active === 0);
    await queue.enqueue(first);
    await queue.enqueue(next);
    await until(() => seen.length === 2);
    expect(seen).toEqual([first, next]);
  });

  test('works on no more than its lanes at once, and tells how many wait', async () => {
    const queue = openQueue();
    const gate = Promise.withResolvers<undefined>();
    await Promise.all([1, 2, 3, 4, 5].map((number) => queue.enqueue(dispatch(number))));
    await queue.consume(2, () => gate.promise);
    await until(async () => (await queue.depth()).active === 2);
    expect(await queue.depth()).toEqual({ waiting: 3, active: 2 });
    gate.resolve(undefined);
    await until(async () => (await queue.depth()).waiting === 0);
  });

  test('a dispatch that goes ahead is taken before those that wait', async () => {
    const queue = openQueue();
    const [first, second, third] = [dispatch(1), dispatch(2), dispatch(3)];
    await queue.enqueue(first);
    await queue.enqueue(second);
    await queue.enqueue(third, { ahead: true });
    const seen: number[] = [];
    await queue.consume(1, async ({ number }) => void seen.push(number));
    await until(() => seen.length === 3);
    expect(seen).toEqual([3, 1, 2]);
  });

  test('a consumer that pauses takes nothing but one that it had asked for, and goes on where it resumes', async () => {
    const queue = openQueue();
    const seen: Dispatch[] = [];
    const consumer = await queue.consume(1, async (one) => void seen.push(one));
    await queue.enqueue(dispatch(1));
    await until(() => seen.length === 1);
    await consumer.pause();
    await Promise.all([2, 3].map((number) => queue.enqueue(dispatch(number))));
    await new Promise((resolve) => setTimeout(resolve, 300));
    const meanwhile = seen.length;
    consumer.resume();
    await until(() => seen.length === 3);
    expect(meanwhile).toBeLessThan(3);
  });

  test('a dispatch that waits can be removed; one that is worked on is left alone', async () => {
    const queue = openQueue();
    const gate = Promise.withResolvers<undefined>();
    const [working, waiting] = [dispatch(1), dispatch(2)];
    const seen: Dispatch[] = [];
    await queue.enqueue(working);
    await queue.consume(1, async (one) => {
      seen.push(one);
      await gate.promise;
    });
    await until(() => seen.length === 1);
    await queue.enqueue(waiting);
    await queue.remove(waiting);
    await queue.remove(working);
    await queue.remove(dispatch(3));
    expect(await queue.depth()).toEqual({ waiting: 0, active: 1 });
    gate.resolve(undefined);
    await until(async () => (await queue.depth()).active === 0);
    expect(seen).toEqual([working]);
  });

  test('a handler that throws gives its dispatch up: it is not tried again', async () => {
    const queue = openQueue();
    const [failing, next] = [dispatch(1), dispatch(2)];
    const seen: Dispatch[] = [];
    await queue.consume(1, async (one) => {
      seen.push(one);
      if (one.number === 1) throw new Error('broken');
    });
    await queue.enqueue(failing);
    await until(() => seen.length === 1);
    await queue.enqueue(next);
    await until(() => seen.length === 2);
    await until(async () => (await queue.depth()).active === 0);
    expect([seen, await queue.depth()]).toEqual([[failing, next], { waiting: 0, active: 0 }]);
  });

  test('draining waits for the handlers under way and takes no more', async () => {
    const queue = openQueue();
    const gate = Promise.withResolvers<undefined>();
    const ended: number[] = [];
    const consumer = await queue.consume(1, async (one) => {
      await gate.promise;
      ended.push(one.number);
    });
    await queue.enqueue(dispatch(1));
    await until(async () => (await queue.depth()).active === 1);
    await queue.enqueue(dispatch(2));
    const drained = consumer.drain();
    gate.resolve(undefined);
    await drained;
    expect([ended, (await queue.depth()).waiting]).toEqual([[1], 1]);
  });

  test('a handler may take longer than the lock: the lock is renewed and nobody else is handed the dispatch', async () => {
    const name = randomUUID();
    const queue = openQueue(name);
    const other = openQueue(name);
    const gate = Promise.withResolvers<undefined>();
    let started = 0;
    const handler = async () => {
      started++;
      await gate.promise;
    };
    await queue.consume(1, handler);
    await queue.enqueue(dispatch(1));
    await until(() => started === 1);
    await other.consume(1, handler);
    const since = Date.now();
    await until(() => Date.now() - since > 2500);
    expect([started, (await queue.depth()).active]).toEqual([1, 1]);
    gate.resolve(undefined);
    await until(async () => (await queue.depth()).active === 0);
  }, 20_000);

  test('what a killed worker held is handed to another within its lock and two checks', async () => {
    const name = randomUUID();
    const queue = openQueue(name);
    const lost = dispatch(1);
    await queue.enqueue(lost);
    const worker = startWorker(store, name, '() => new Promise(() => undefined)');
    await until(async () => (await queue.depth()).active === 1);
    await end(worker, 'SIGKILL');

    const seen: Dispatch[] = [];
    const killedAt = Date.now();
    await queue.consume(1, async (one) => void seen.push(one));
    await until(() => seen.length === 1);
    expect(seen).toEqual([lost]);
    expect(Date.now() - killedAt).toBeLessThan(5000);
  }, 30_000);

  test('SAFETY bar 17: what a worker held whose event loop stands still for three locks is handed on, and not given up', async () => {
    const name = randomUUID();
    const queue = openQueue(name);
    const stalled = dispatch(1);
    await queue.enqueue(stalled);
    const worker = startWorker(store, name, '() => { for (const end = Date.now() + 3500; Date.now() < end;); }');
    await until(async () => (await queue.depth()).active === 1);
    const seen: Dispatch[] = [];
    await queue.consume(1, async (one) => void seen.push(one));
    await until(() => seen.length === 1);
    await until(async () => (await queue.depth()).active === 0);
    await end(worker);
    expect([seen, await queue.depth()]).toEqual([[stalled], { waiting: 0, active: 0 }]);
  }, 30_000);

  test('answers a ping', async () => {
    const queue = openQueue();
    await expect(queue.ping()).resolves.toBeUndefined();
  });
});

test.each([
  ['Redis', (url: string, settings: QueueSettings) => openRedisQueue(`redis://${url}`, settings)],
  ['PostgreSQL', (url: string, settings: QueueSettings) => openPostgresQueue(`postgres://${url}/quarry`, settings)],
])('a %s that is not there is told by ping and by enqueue, and soon', async (_name, open) => {
  const settings = { name: 'q', lockMs: 1000, stalledMs: 500, onTrouble: () => undefined };
  const queue = open(`127.0.0.1:${await freePort()}`, settings);
  const since = Date.now();
  await expect(queue.ping()).rejects.toThrow();
  await expect(queue.enqueue(dispatch(1))).rejects.toThrow();
  expect(Date.now() - since).toBeLessThan(3000);
  await queue.close();
});

testWithRedis('SAFETY bar 26: a Redis that evicts keys is told by ping, with the way out', async () => {
  const redis = await startRedis('--maxmemory-policy', 'allkeys-lru');
  const queue = redis.open({ name: 'q', lockMs: 1000, stalledMs: 500, onTrouble: () => undefined });
  await expect(queue.ping()).rejects.toThrow('maxmemory-policy is allkeys-lru: set it to noeviction');
  await queue.close();
  await redis.stop();
});

testWithRedis('SAFETY bar 26: a Redis whose memory is full refuses a dispatch, and harms none', async () => {
  const redis = await startRedis();
  const queue = redis.open({ name: 'q', lockMs: 1000, stalledMs: 500, onTrouble: () => undefined });
  await queue.enqueue(dispatch(1));
  const setMemory = (bytes: string): unknown =>
    spawnSync('redis-cli', ['-u', redis.url, 'CONFIG', 'SET', 'maxmemory', bytes]);
  setMemory('1');
  await expect(queue.enqueue(dispatch(2))).rejects.toThrow('OOM');
  setMemory('0');
  await queue.enqueue(dispatch(3));
  const seen: number[] = [];
  await queue.consume(1, async ({ number }) => void seen.push(number));
  await until(() => seen.length === 2);
  expect(seen).toEqual([1, 3]);
  await queue.close();
  await redis.stop();
});

testWithRedis('SAFETY bar 25: a worker whose Redis is away goes all the same when it is asked to', async () => {
  const redis = await startRedis();
  const worker = startWorker(redis, 'q', '() => undefined', 'pipe');
  let told = '';
  worker.stderr?.on('data', (text: Buffer) => (told += text.toString()));
  await until(() => told.includes('ready'));
  await redis.stop();
  await until(() => told.split('ECONNREFUSED').length > 5);
  await end(worker);
  expect(worker.exitCode).toBe(0);
});

function dispatch(number: number): Dispatch {
  return { runId: randomUUID(), sliceId: randomUUID(), number };
}

/** Drains when it is asked to end, and says on its standard error when it is ready and what troubles it. */
function startWorker(
  store: Store,
  name: string,
  handler: string,
  stderr: 'inherit' | 'pipe' = 'inherit',
): ChildProcess {
  const module = fileURLToPath(new URL(`../../dist/queue/${store.module}`, import.meta.url));
  const settings = JSON.stringify({ name, lockMs: 1000, stalledMs: 500 });
  const script = `
    import { ${store.opener} as open } from ${JSON.stringify(module)};
    const queue = open(${JSON.stringify(store.url)}, { ...${settings}, onTrouble: console.error });
    const consumer = await queue.consume(1, async ${handler});
    process.once('SIGTERM', async () => {
      await consumer.drain();
      await queue.close();
      process.exit(0);
    });
    if (${stderr === 'pipe'}) console.error('ready');
    setInterval(() => undefined, 1000);`;
  return spawn(execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'inherit', stderr] });
}

async function end(process: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  const exit = once(process, 'exit');
  process.kill(signal);
  await exit;
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`It did not come true within 15 seconds: ${isTrue.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
