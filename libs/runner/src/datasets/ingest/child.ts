import process from 'node:process';
import { DataRefused } from '../data-refused.js';
import type { ChildMessage } from './child-message.js';
import type { IngestOrder } from './ingest-child.js';
import { ingestHere } from './ingest.js';

/* The process that reads a user's file. It hears one order, says how far it is, and how it ended. */

const reportEveryMs = 100;

async function main(order: IngestOrder): Promise<ChildMessage> {
  let said = 0;
  let saidPhase = '';
  const onProgress = (phase: string, done: number) => {
    const now = performance.now();
    if (phase === saidPhase && now - said < reportEveryMs) return;
    said = now;
    saidPhase = phase;
    process.send?.({ type: 'progress', phase, done } satisfies ChildMessage);
  };
  try {
    await ingestHere(order.file, order.options, order.work, onProgress, order.fileName);
    return { type: 'done' };
  } catch (error) {
    if (error instanceof DataRefused) return { type: 'refused', message: error.message };
    return { type: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

process.once('message', (message) => {
  void main(message as IngestOrder).then((answer) => process.send?.(answer, () => process.disconnect()));
});
process.once('disconnect', () => process.exit());
