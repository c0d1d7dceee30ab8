import { RunEvent } from '@quarry/contracts';
import { setTimeout as wait } from 'node:timers/promises';
import { OutOfReach } from '../out-of-reach.js';
import type { ApiClient } from './api-client.js';
import { serverSentEvents } from './server-sent-events.js';

const firstPauseMs = 500;
const longestPauseMs = 10_000;
/** A server that was away for so long is waited for no more. */
const patienceMs = 120_000;

/**
 * A run's events from its first to the one that ends it. A stream that breaks is taken up after the last event seen, so
 * that none is lost or repeated while a server restarts.
 * @throws OutOfReach where the server stays away
 */
export async function* followRun(client: ApiClient, runId: string, signal: AbortSignal): AsyncGenerator<RunEvent> {
  let last = '';
  let heard = Date.now();
  let pause = firstPauseMs;
  for (;;) {
    try {
      const headers = last === '' ? {} : { 'last-event-id': last };
      const response = await client.stream('runEvents', { at: { id: runId }, headers });
      if (response.status === 204) return;
      for await (const { id, data } of serverSentEvents(response.body ?? new ReadableStream<Uint8Array>())) {
        [last, heard, pause] = [id || last, Date.now(), firstPauseMs];
        const event = RunEvent.parse(JSON.parse(data));
        yield event;
        if (event.type === 'state' && !['queued', 'running'].includes(event.state)) return;
      }
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof OutOfReach) && !isCut(error)) throw error;
      if (Date.now() - heard > patienceMs) {
        throw new OutOfReach(
          `${client.address} has not answered for two minutes. The run goes on there: quarry watch ${runId}`,
        );
      }
    }
    await wait(pause, undefined, { signal });
    pause = Math.min(2 * pause, longestPauseMs);
  }
}

/** As fetch says it of a body that ends too soon. */
function isCut(error: unknown): boolean {
  return error instanceof TypeError && error.message === 'terminated';
}
