import { TapeError } from './tape-error.js';

/** Reads what ByteWriter wrote, from bytes that nobody vouches for. Throws TapeError where they end too early. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#view.byteLength - this.#offset;
  }

  byte(): number {
    return this.#bytes[this.#take(1)]!;
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  float64(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }

  count(): number {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const group = this.byte();
      value |= (group & 0x7f) << shift;
      if (group < 0x80) return value;
    }
    // Of the fifth group three bits are left below 2^31.
    const last = this.byte();
    if (last > 7) throw new TapeError('A number on the tape is too large.');
    return value | (last << 28);
  }

  text(longest: number): string {
    const length = this.count();
    if (length > longest)
      throw new TapeError(`A text on the tape has ${length} characters; at most ${longest} are allowed.`);
    let text = '';
    for (let i = 0; i < length; i++) text += String.fromCharCode(this.byte() | (this.byte() << 8));
    return text;
  }

  #take(size: number): number {
    if (size > this.left) throw new TapeError('The tape ends in the middle.');
    const offset = this.#offset;
    this.#offset += size;
    return offset;
  }
}
