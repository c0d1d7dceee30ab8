import { expect, test } from '@jest/globals';
import { serverSentEvents, type ServerSentEvent } from './server-sent-events.js';

async function eventsOf(...chunks: readonly Uint8Array[]): Promise<ServerSentEvent[]> {
  async function* body(): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield await Promise.resolve(chunk);
  }
  const events: ServerSentEvent[] = [];
  for await (const event of serverSentEvents(body())) events.push(event);
  return events;
}

const bytes = new TextEncoder().encode(
  'id: 1\ndata: {"a":"ü"}\n\n: still here\n\ndata: x\ndata: y\n\nid: 2\ndata: cut',
);

test('events come out the same, wherever the network cuts the stream', async () => {
  const expected = [
    { id: '1', data: '{"a":"ü"}' },
    { id: '', data: 'x\ny' },
  ];
  for (let at = 0; at <= bytes.length; at += 1) {
    expect(await eventsOf(bytes.subarray(0, at), bytes.subarray(at))).toEqual(expected);
  }
});
