import { read, readSync, writeSync } from 'node:fs';
import process from 'node:process';
import {
  answerDescriptor,
  encodeFrame,
  frameHeaderBytes,
  frames,
  requestDescriptor,
  type TrialRequest,
} from './protocol.js';

// The child's end of the pipes to its parent.

export function readFully(descriptor: number, into: Uint8Array, position: number | null): void {
  let done = 0;
  while (done < into.length) {
    const count = readSync(descriptor, into, done, into.length - done, position === null ? null : position + done);
    if (count === 0) process.exit(0);
    done += count;
  }
}

export function readRequest(...kinds: readonly number[]): { kind: number; message: unknown } {
  const header = new Uint8Array(frameHeaderBytes);
  readFully(requestDescriptor, header, null);
  const kind = header[0]!;
  if (!kinds.includes(kind)) process.exit(2);
  const payload = new Uint8Array(new DataView(header.buffer).getUint32(1, true));
  readFully(requestDescriptor, payload, null);
  return { kind, message: JSON.parse(Buffer.from(payload.buffer).toString('utf8')) };
}

/** The next request, read while the isolate may be at work. Where the parent is gone, so are we. */
async function nextRequest(): Promise<{ kind: number; payload: Uint8Array<ArrayBuffer> }> {
  const header = await readLater(new Uint8Array(frameHeaderBytes));
  const payload = await readLater(new Uint8Array(new DataView(header.buffer).getUint32(1, true)));
  return { kind: header[0]!, payload };
}

/** The next trial, and the prices that it has in place of the dataset's. */
export async function nextTrial(): Promise<{ trial: TrialRequest; prices: ArrayBuffer | null }> {
  let { kind, payload } = await nextRequest();
  const prices = kind === frames.prices ? payload.buffer : null;
  if (prices) ({ kind, payload } = await nextRequest());
  if (kind !== frames.trial) process.exit(2);
  return { trial: JSON.parse(Buffer.from(payload.buffer).toString('utf8')) as TrialRequest, prices };
}

async function readLater(into: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  for (let done = 0; done < into.length;) {
    const count = await new Promise<number>((resolve) =>
      read(requestDescriptor, into, done, into.length - done, null, (error, bytes) => resolve(error ? 0 : bytes)),
    );
    if (count === 0) process.kill(process.pid, 'SIGKILL');
    done += count;
  }
  return into;
}

export function answer(kind: number, payload: Uint8Array): void {
  const frame = encodeFrame(kind, payload);
  for (let done = 0; done < frame.length;) done += writeSync(answerDescriptor, frame, done);
}
