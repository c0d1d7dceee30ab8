import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { cancelOrder, longestTag, mostInstructions, mostTags, type OrderTape, smallestRow } from './tape.js';
import { TapeError } from './tape-error.js';
import { TapeReader } from './tape-reader.js';

/** "QTP1", as the bytes begin. The tags follow, the number of rows, the rows. */
const mark = 0x31_50_54_51;
const headSize = 16;

/** The tape as bytes. */
export function encodeTape(tape: OrderTape): Uint8Array {
  const writer = new ByteWriter();
  writer.require(headSize);
  writer.uint32(mark);
  writer.count(tape.tags.length - 1);
  for (let i = 1; i < tape.tags.length; i++) writer.text(tape.tags[i]!);
  writer.require(headSize);
  writer.uint32(tape.length);
  const head = writer.bytes();
  const bytes = new Uint8Array(head.length + tape.rows.length);
  bytes.set(head);
  bytes.set(tape.rows, head.length);
  return bytes;
}

/**
 * The tape that the bytes hold. They come from the guest, so nothing about them is believed: counts, texts, numbers,
 * and the terms of every order are held to what the trader would have let through.
 *
 * @throws TapeError where they are not a tape that a run of ours could have made
 */
export function decodeTape(bytes: Uint8Array): OrderTape {
  const reader = new ByteReader(bytes);
  if (reader.uint32() !== mark) throw new TapeError('These bytes are not a tape.');
  const tags = readTags(reader);
  const length = reader.uint32();
  if (length > mostInstructions || length * smallestRow > reader.left) {
    throw new TapeError(`The tape claims ${length} rows, more than its bytes can hold.`);
  }
  const cancelled = new Set<number>();
  const tape = { length, rows: bytes.slice(bytes.length - reader.left), tags, cancelled };
  const rows = new TapeReader(tape);
  while (rows.next()) if (rows.action === cancelOrder) cancelled.add(rows.target);
  return tape;
}

function readTags(reader: ByteReader): string[] {
  const count = reader.count();
  if (count > mostTags) throw new TapeError(`The tape claims ${count} tags; at most ${mostTags} are allowed.`);
  const tags = new Set(['']);
  for (let i = 0; i < count; i++) tags.add(reader.text(longestTag));
  if (tags.size !== count + 1) throw new TapeError('A tag stands on the tape twice.');
  return [...tags];
}
