import { isUtf8 } from 'node:buffer';
import { DataRefused } from '../data-refused.js';

/** A stream of bytes as UTF-8 without its byte order mark, and how the text was encoded. */
export interface DecodedText {
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Tells the encoding by the byte order mark, UTF-16 by its zero bytes, and Windows-1252 by first bytes that are no UTF-8. Throws DataRefused for bytes that are no text. */
export async function decodeText(raw: AsyncIterable<Buffer>, name: string): Promise<DecodedText> {
  const source = raw[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < 64) {
    const next = await source.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  const rest = { [Symbol.asyncIterator]: () => source };
  if (head.length === 0) throw new DataRefused(`${name} is empty.`);
  const encoding = encodingOf(head, name);
  return { encoding, chunks: encoding === 'utf-8' ? utf8(head, rest) : decoded(head, rest, encoding) };
}

function encodingOf(head: Buffer, name: string): DecodedText['encoding'] {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const sample = head.subarray(0, 64);
  const zeros = (parity: number) => sample.filter((byte, at) => at % 2 === parity && byte === 0).length;
  const half = sample.length / 2;
  if (zeros(1) > 0.8 * half && zeros(0) === 0) return 'utf-16le';
  if (zeros(0) > 0.8 * half && zeros(1) === 0) return 'utf-16be';
  if (sample.includes(0))
    throw new DataRefused(`${name} holds zero bytes: it is no text, and no kind of file that Quarry knows.`);
  // The last character may be cut by the chunk's end.
  const isWhole = [0, 1, 2, 3].some((cut) => isUtf8(head.subarray(0, Math.max(0, head.length - cut))));
  return isWhole ? 'utf-8' : 'windows-1252';
}

async function* utf8(head: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  yield head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head;
  yield* rest;
}

async function* decoded(
  head: Buffer,
  rest: AsyncIterable<Buffer>,
  encoding: Exclude<DecodedText['encoding'], 'utf-8'>,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  yield Buffer.from(decoder.decode(head, { stream: true }));
  for await (const chunk of rest) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}
