export { RunQueue, type Consumer, type Dispatch } from './run-queue.js';
