import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { BullRunQueue, type Bull } from './bull-run-queue.js';

test('SAFETY bar 25: a dispatch that was being fetched when its worker was asked to go is waited for, though the store never lets the worker close', async () => {
  const bull: Bull = {
    queue: { add: never, remove: never, getJobCounts: never, on: () => undefined },
    worker: (handle) => ({
      waitUntilReady: () => Promise.resolve(),
      run: never,
      pause: () => Promise.resolve(),
      resume: () => undefined,
      on: () => undefined,
      close: async () => {
        await pause(20);
        void handle({ data: { runId: 'run', sliceId: 'slice', number: 1 } } as never);
        return never();
      },
    }),
    ping: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const queue = new BullRunQueue(bull, { name: 'q', lockMs: 1000, stalledMs: 1000, onTrouble: () => undefined });
  let hasEnded = false;
  const consumer = await queue.consume(1, async () => {
    await pause(3000);
    hasEnded = true;
  });
  await consumer.drain();
  expect(hasEnded).toBe(true);
}, 20_000);

function never(): Promise<never> {
  return new Promise(() => undefined);
}
