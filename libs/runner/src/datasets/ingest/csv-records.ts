import { DataRefused } from '../data-refused.js';

const quote = 34;
const newline = 10;
const carriageReturn = 13;
/** A longer record is no row of bars; without a bound one line could fill the memory. */
const longestRecord = 1_048_576;
const mostFields = 4096;

/** The cells of one record: bytes `starts[k]` to `ends[k]` of `bytes`, quotes around them taken off. `number` counts records from 1. */
export interface CsvRecord {
  bytes: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  count: number;
  number: number;
}

/**
 * Splits UTF-8 text into records of cells (RFC 4180, with LF, CRLF or CR), chunk by chunk. Blank lines are numbered, not passed on. The
 * record is one object used again and again: read it before the next call.
 */
export class CsvRecords {
  /** 1 for the bytes that end a cell or may begin a quoted one; all others are passed over. */
  readonly #marks = new Uint8Array(256);
  readonly #record: CsvRecord = {
    bytes: new Uint8Array(0),
    starts: new Int32Array(mostFields),
    ends: new Int32Array(mostFields),
    count: 0,
    number: 0,
  };
  #rest: Uint8Array = new Uint8Array(0);
  #stopped = false;
  /** Whether a quotation of the record under way holds a doubled mark. */
  #hasDoubled = false;

  constructor(
    private readonly delimiter: number,
    /** What the file is called in messages. */
    private readonly name: string,
    private readonly onRecord: (record: CsvRecord) => void,
  ) {
    for (const byte of [delimiter, quote, newline, carriageReturn]) this.#marks[byte] = 1;
  }

  /** Ends the reading early: what follows is passed over. */
  stop(): void {
    this.#stopped = true;
  }

  push(chunk: Uint8Array): void {
    if (this.#stopped) return;
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const used = this.#split(bytes, false);
    if (bytes.length - used > longestRecord) {
      throw new DataRefused(
        `Row ${this.#record.number + 1} of ${this.name} is longer than a million characters: this is no table of bars, or a quotation mark in it never closes.`,
      );
    }
    this.#rest = bytes.slice(used);
  }

  end(): void {
    if (!this.#stopped && this.#rest.length > 0) this.#split(this.#rest, true);
  }

  /** Answers how many bytes were whole records. */
  #split(bytes: Uint8Array, last: boolean): number {
    const { delimiter } = this;
    const marks = this.#marks;
    const record = this.#record;
    const { starts, ends } = record;
    const length = bytes.length;
    record.bytes = bytes;
    let recordStart = 0;
    let fieldStart = 0;
    let count = 0;
    for (let at = 0; at < length; at++) {
      const byte = bytes[at]!;
      if (marks[byte] === 0) continue;
      if (byte === quote && at === fieldStart) {
        at = this.#closingQuote(bytes, at + 1);
        if (at >= length) {
          if (!last) return recordStart;
          throw new DataRefused(
            `A quotation mark that opens in row ${record.number + 1} of ${this.name} never closes. Take it out, or close it.`,
          );
        }
        continue;
      }
      if (byte === delimiter) {
        if (count >= mostFields - 1)
          throw new DataRefused(
            `Row ${record.number + 1} of ${this.name} has more than ${mostFields} cells: this is no table of bars.`,
          );
        starts[count] = fieldStart;
        ends[count++] = at;
        fieldStart = at + 1;
      } else if (byte === newline || byte === carriageReturn) {
        const end = at;
        if (byte === carriageReturn) {
          if (at + 1 === length && !last) return recordStart;
          if (bytes[at + 1] === newline) at++;
        }
        starts[count] = fieldStart;
        ends[count++] = end;
        this.#emit(count);
        if (this.#stopped) return length;
        count = 0;
        recordStart = fieldStart = at + 1;
      }
    }
    if (last && recordStart < length) {
      starts[count] = fieldStart;
      ends[count++] = length;
      this.#emit(count);
      return length;
    }
    return recordStart;
  }

  #emit(count: number): void {
    const record = this.#record;
    const { bytes, starts, ends } = record;
    const hasDoubled = this.#hasDoubled;
    this.#hasDoubled = false;
    record.number++;
    record.count = count;
    if (count === 1 && isSpace(bytes, starts[0]!, ends[0]!)) return;
    for (let k = 0; k < count; k++) {
      const from = starts[k]!;
      if (bytes[from] !== quote || ends[k]! - from < 2 || bytes[ends[k]! - 1] !== quote) continue;
      starts[k] = from + 1;
      ends[k] = ends[k]! - 1;
    }
    if (hasDoubled) this.#undouble();
    this.onRecord(record);
    record.bytes = bytes;
  }

  /** Where the quotation that began before `at` closes; a doubled mark does not close it. Length where it does not close. */
  #closingQuote(bytes: Uint8Array, at: number): number {
    for (; at < bytes.length; at++) {
      if (bytes[at] !== quote) continue;
      if (bytes[at + 1] !== quote) return at;
      this.#hasDoubled = true;
      at++;
    }
    return at;
  }

  /** Lays the record's cells out anew with one mark for each doubled one in those that stood in quotes. */
  #undouble(): void {
    const { bytes, starts, ends, count } = this.#record;
    const laid = new Uint8Array(ends[count - 1]! - starts[0]! + 1);
    let to = 0;
    for (let k = 0; k < count; k++) {
      const [from, end] = [starts[k]!, ends[k]!];
      const wasQuoted = from > 0 && bytes[from - 1] === quote && bytes[end] === quote;
      starts[k] = to;
      for (let at = from; at < end; at++) {
        laid[to++] = bytes[at]!;
        if (wasQuoted && bytes[at] === quote && bytes[at + 1] === quote && at + 1 < end) at++;
      }
      ends[k] = to;
      laid[to++] = this.delimiter;
    }
    this.#record.bytes = laid;
  }
}

function isSpace(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] !== 32 && bytes[at] !== 9) return false;
  return true;
}
