import type { QueueSettings } from './bull-run-queue.js';
import { openPostgresQueue } from './postgres-queue.js';
import { openRedisQueue } from './redis-queue.js';
import type { RunQueue } from './run-queue.js';

export interface QueuePlace {
  /** Redis where given, else the database's own queue. */
  readonly redisUrl: string | null;
  readonly databaseUrl: string;
  readonly lockMs: number;
  readonly stalledMs: number;
}

export function openRunQueue(place: QueuePlace, onTrouble: (error: Error) => void): RunQueue {
  const settings: QueueSettings = { name: 'slices', lockMs: place.lockMs, stalledMs: place.stalledMs, onTrouble };
  if (place.redisUrl !== null) return openRedisQueue(place.redisUrl, settings);
  return openPostgresQueue(place.databaseUrl, settings);
}
