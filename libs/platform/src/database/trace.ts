import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

const form = /^[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-([\da-f]{2})/;

const current = new AsyncLocalStorage<string>();

/**
 * Does something as part of a trace: what it logs carries the trace's id, and so does a run that it queues, over the
 * queue, to whatever a worker logs of it. `caller` is a traceparent (W3C Trace Context); without one that can be read a
 * trace begins here.
 */
export function traced<T>(caller: string | null | undefined, work: () => T): T {
  const [, traceId = randomBytes(16).toString('hex'), flags = '00'] = form.exec(caller ?? '') ?? [];
  return current.run(`00-${traceId}-${randomBytes(8).toString('hex')}-${flags}`, work);
}

/** The traceparent of what is being done now; null outside of any trace. */
export function currentTrace(): string | null {
  return current.getStore() ?? null;
}

/** For every line of a log: the id of the trace that it is part of. */
export function traceFields(): { traceId?: string } {
  const [, traceId] = form.exec(current.getStore() ?? '') ?? [];
  return traceId === undefined ? {} : { traceId };
}
