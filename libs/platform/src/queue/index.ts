export { openRunQueue, type QueuePlace } from './open-run-queue.js';
export { migratePostgresQueue } from './postgres-queue.js';
export { RunQueue, type Consumer, type Dispatch } from './run-queue.js';
