import { createRedisBackend, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { type Bull, BullRunQueue, type QueueSettings } from './bull-run-queue.js';
import type { Dispatch, RunQueue } from './run-queue.js';

/**
 * The queue in Redis, for a cluster. Redis must not evict (`maxmemory-policy noeviction`) and should keep its
 * append-only file. Calls fail soon while Redis is away; workers wait for it to come back.
 */
export function openRedisQueue(url: string, settings: QueueSettings): RunQueue {
  const { Queue, Worker } = withBackend(createRedisBackend);
  const client = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, retryStrategy });
  client.on('error', settings.onTrouble);
  const queue = new Queue<Dispatch>(settings.name, { connection: client });
  const bull: Bull = {
    queue,
    worker: (handler, options) =>
      new Worker<Dispatch>(settings.name, handler, {
        ...options,
        connection: { url, retryStrategy, maxRetriesPerRequest: null },
      }),
    ping: async () => {
      await queue.waitUntilReady();
      await client.ping();
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
