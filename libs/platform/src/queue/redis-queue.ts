import { createRedisBackend, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { type Bull, BullRunQueue, type QueueSettings } from './bull-run-queue.js';
import type { Dispatch, RunQueue } from './run-queue.js';

/**
 * How long a connection that was ended may take to close. ioredis (5.11, `AbstractConnector.disconnect`) waits for a
 * `close` that, on a socket which has closed already, never comes again: so long, by default 2 s, its timer keeps the
 * process alive.
 */
const disconnectTimeout = 100;

/**
 * The queue in Redis, for a cluster. Redis must not evict (`maxmemory-policy noeviction`) and should keep its
 * append-only file. Calls fail soon while Redis is away; workers wait for it to come back.
 */
export function openRedisQueue(url: string, settings: QueueSettings): RunQueue {
  const { Queue, Worker } = withBackend(createRedisBackend);
  const client = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    retryStrategy,
    disconnectTimeout,
  });
  client.on('error', settings.onTrouble);
  const queue = new Queue<Dispatch>(settings.name, { connection: client });
  const bull: Bull = {
    queue,
    worker: (handler, options) =>
      new Worker<Dispatch>(settings.name, handler, {
        ...options,
        connection: { url, retryStrategy, maxRetriesPerRequest: null, disconnectTimeout },
      }),
    ping: async () => {
      await queue.waitUntilReady();
      await client.ping();
      await assertKeeps(client);
    },
    close: async () => {
      if (client.status === 'ready') await queue.close();
      client.disconnect();
    },
  };
  return new BullRunQueue(bull, settings);
}

/** A second at most between two tries, so that a Redis that returns is noticed soon. */
function retryStrategy(tries: number): number {
  return Math.min(tries * 100, 1000);
}

/** A Redis that evicts drops dispatches unseen. Where the settings are not ours to read, they are not ours to judge. */
async function assertKeeps(client: Redis): Promise<void> {
  const answer: unknown = await client.config('GET', 'maxmemory-policy').catch(() => null);
  const policy: unknown = Array.isArray(answer) ? answer[1] : null;
  if (typeof policy !== 'string' || policy === 'noeviction') return;
  throw new Error(`Redis may drop what waits, since its maxmemory-policy is ${policy}: set it to noeviction.`);
}
