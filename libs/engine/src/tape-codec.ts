import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { noPrices } from './order-ticket.js';
import { orderFault } from './order-fault.js';
import {
  cancelOrder,
  closePosition,
  fieldAt,
  longestTag,
  mostInstructions,
  mostTags,
  type OrderTape,
  placeOrder,
  tapeFields as f,
  TapeWriter,
} from './tape.js';
import { TapeError } from './tape-error.js';

/*
 * A tape as bytes: a mark, the tags, the number of rows, the rows. A row is two bytes of flags, how many bars it lies
 * after the row before, and only the fields that its flags name. A market order for all the money takes three bytes.
 */
const mark = 0x31_50_54_51; // "QTP1"
const headerSize = 16;
const smallestRow = 3;
const largestRow = 64;

// First byte: the action in the two lowest bits, then
const sells = 1 << 2;
const hasUnits = 1 << 3;
const hasLimit = 1 << 4;
const hasStop = 1 << 5;
const hasStopLoss = 1 << 6;
const hasTakeProfit = 1 << 7;
// Second byte:
const hasShare = 1 << 0;
const hasTag = 1 << 1;
const hasSeries = 1 << 2;

/** The tape as bytes. What can be left out is: a share of 1, the first series, the empty tag. */
export function encodeTape(tape: OrderTape): Uint8Array {
  const writer = new ByteWriter();
  writer.require(headerSize);
  writer.uint32(mark);
  writer.count(tape.tags.length - 1);
  for (const tag of tape.tags.slice(1)) writer.text(tag);
  writer.require(headerSize);
  writer.uint32(tape.length);

  let step = 0;
  for (let row = 0; row < tape.length; row++) {
    writer.require(largestRow);
    const action = fieldAt(tape, row, f.action);
    const units = fieldAt(tape, row, f.units);
    const share = fieldAt(tape, row, f.share);
    const tag = fieldAt(tape, row, f.tag);
    const series = fieldAt(tape, row, f.series);
    const isShared = share !== 0 && share !== 1;
    let first = action | (fieldAt(tape, row, f.side) < 0 ? sells : 0) | (units !== 0 ? hasUnits : 0);
    for (let i = 0; i < 4; i++) if (!Number.isNaN(fieldAt(tape, row, f.limit + i))) first |= hasLimit << i;
    writer.byte(first);
    writer.byte((isShared ? hasShare : 0) | (tag > 0 ? hasTag : 0) | (series > 0 ? hasSeries : 0));
    writer.count(fieldAt(tape, row, f.step) - step);
    step = fieldAt(tape, row, f.step);

    if (units !== 0) writer.float64(units);
    for (let i = 0; i < 4; i++) if (first & (hasLimit << i)) writer.float64(fieldAt(tape, row, f.limit + i));
    if (isShared) writer.float64(share);
    if (tag > 0) writer.count(tag);
    if (series > 0) writer.count(series);
    if (action === cancelOrder) writer.count(fieldAt(tape, row, f.row));
  }
  return writer.bytes();
}

/**
 * The tape that the bytes hold. They come from the guest, so nothing about them is believed: counts, texts, numbers,
 * and the terms of every order are held to what the trader would have accepted.
 *
 * @throws TapeError where they are not a tape that a run of ours could have made
 */
export function decodeTape(bytes: Uint8Array): OrderTape {
  const reader = new ByteReader(bytes);
  if (reader.uint32() !== mark) throw new TapeError('These bytes are not a tape.');
  const writer = new TapeWriter();
  readTags(reader, writer);
  const length = reader.uint32();
  if (length > mostInstructions || length * smallestRow > reader.left) {
    throw new TapeError(`The tape claims ${length} rows, more than its bytes can hold.`);
  }
  let step = 0;
  for (let row = 0; row < length; row++) step = readRow(reader, writer, row, step);
  if (reader.left > 0) throw new TapeError(`${reader.left} bytes follow the end of the tape.`);
  return writer.tape();
}

function readTags(reader: ByteReader, writer: TapeWriter): void {
  const count = reader.count();
  if (count > mostTags) throw new TapeError(`The tape claims ${count} tags; at most ${mostTags} are allowed.`);
  for (let i = 1; i <= count; i++) {
    if (writer.tagIndex(reader.text(longestTag)) !== i) throw new TapeError('A tag stands on the tape twice.');
  }
}

/** Reads a row and writes it to the tape. Answers its step. */
function readRow(reader: ByteReader, writer: TapeWriter, row: number, after: number): number {
  const first = reader.byte();
  const second = reader.byte();
  if (second > (hasShare | hasTag | hasSeries))
    throw new TapeError(`Row ${row} of the tape has flags that mean nothing.`);
  const step = after + reader.count();
  if (step > 0x7fffffff) throw new TapeError(`Row ${row} of the tape is for bar ${step}, which no run has.`);

  const action = first & 3;
  const units = first & hasUnits ? positive(reader.float64(), row) : 0;
  const ticket = {
    side: first & sells ? -1 : 1,
    units,
    prices:
      first < hasLimit
        ? noPrices
        : {
            limit: first & hasLimit ? given(reader.float64(), row) : NaN,
            stop: first & hasStop ? given(reader.float64(), row) : NaN,
            stopLoss: first & hasStopLoss ? given(reader.float64(), row) : NaN,
            takeProfit: first & hasTakeProfit ? given(reader.float64(), row) : NaN,
          },
    share: second & hasShare ? positive(reader.float64(), row) : first & hasUnits ? 0 : 1,
    tag: second & hasTag ? reader.count() : 0,
    series: second & hasSeries ? reader.count() : 0,
  };
  if (ticket.tag >= writer.tags.length)
    throw new TapeError(`Row ${row} of the tape names tag ${ticket.tag}, which it lacks.`);

  if (action === placeOrder) {
    const fault = orderFault(ticket);
    if (fault) throw new TapeError(`Row ${row} of the tape: ${fault}`);
    writer.place(step, ticket);
    return step;
  }
  const plain = action === closePosition ? 0 : hasShare | hasSeries;
  if ((first & ~3) !== 0 || (second & (hasTag | plain)) !== 0) {
    throw new TapeError(`Row ${row} of the tape has fields that its action does not take.`);
  }
  if (action === closePosition) {
    if (!(ticket.share > 0 && ticket.share <= 1))
      throw new TapeError(`Row ${row} of the tape closes a share of ${ticket.share}.`);
    writer.close(step, ticket.series, ticket.share);
  } else if (action === cancelOrder) {
    const target = reader.count();
    if (target >= row) throw new TapeError(`Row ${row} of the tape cancels row ${target}, which is not before it.`);
    writer.cancel(step, target);
  } else writer.cancelAll(step);
  return step;
}

function positive(value: number, row: number): number {
  if (value > 0) return value;
  throw new TapeError(`Row ${row} of the tape has a size or share of ${value}.`);
}

function given(value: number, row: number): number {
  if (value === value) return value;
  throw new TapeError(`Row ${row} of the tape gives NaN for a field.`);
}
