import type { Readable } from 'node:stream';

/**
 * The bytes of a body as far as they came: where the connection breaks, the piece ends there, so that a client goes on
 * from what has arrived. Throws `tooMany` once there are more than `most`.
 */
export async function* pieceOf(body: Readable, most: number, tooMany: () => Error): AsyncGenerator<Buffer> {
  let bytes = 0;
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  for (;;) {
    const next = await chunks.next().catch(() => null);
    if (next === null || next.done === true) return;
    bytes += next.value.length;
    if (bytes > most) throw tooMany();
    yield next.value;
  }
}
