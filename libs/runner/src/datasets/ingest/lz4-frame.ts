const magic = 0x184d2204;
const shortestMatch = 4;

/**
 * Unpacks LZ4 frames, which Arrow files are packed with unless one says otherwise (LZ4 Frame Format 1.6.3 and LZ4 Block Format,
 * https://github.com/lz4/lz4/tree/dev/doc). Check sums are passed over. Throws Error for bytes that are no such frame.
 */
export function unpackLz4(packed: Uint8Array): Uint8Array {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (view.getUint32(0, true) !== magic) throw new Error('A buffer is no LZ4 frame.');
  const flags = packed[4]!;
  const hasBlockSums = (flags & 0b1_0000) !== 0;
  const hasSize = (flags & 0b1000) !== 0;
  const hasDictionary = (flags & 1) !== 0;
  if (hasDictionary) throw new Error('An LZ4 frame asks for a dictionary.');
  const out = new GrowingBytes(hasSize ? Number(view.getBigUint64(6, true)) : packed.length * 4);
  let at = hasSize ? 15 : 7;
  for (;;) {
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) return out.bytes();
    const length = size & 0x7fff_ffff;
    if (at + length > packed.length) throw new Error('An LZ4 frame is cut short.');
    const block = packed.subarray(at, at + length);
    if (length === size) unpackBlock(block, out);
    else out.add(block, 0, length);
    at += length + (hasBlockSums ? 4 : 0);
  }
}

function unpackBlock(block: Uint8Array, out: GrowingBytes): void {
  let at = 0;
  const longer = (length: number) => {
    if (length < 15) return length;
    for (;;) {
      const byte = block[at++];
      if (byte === undefined) throw new Error('An LZ4 block is cut short.');
      length += byte;
      if (byte < 255) return length;
    }
  };
  while (at < block.length) {
    const token = block[at++]!;
    const literals = longer(token >> 4);
    if (at + literals > block.length) throw new Error('An LZ4 block is cut short.');
    out.add(block, at, literals);
    at += literals;
    if (at >= block.length) return;
    const offset = block[at]! | (block[at + 1]! << 8);
    at += 2;
    out.repeat(offset, longer(token & 15) + shortestMatch);
  }
}

/** Most bytes that one buffer of a record batch may unpack to. */
const mostBytes = 2 ** 30;

class GrowingBytes {
  #bytes: Uint8Array;
  #length = 0;

  constructor(expected: number) {
    this.#bytes = new Uint8Array(Math.min(Math.max(expected, 64), 2 ** 26));
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  add(from: Uint8Array, at: number, length: number): void {
    this.#makeRoom(length);
    this.#bytes.set(from.subarray(at, at + length), this.#length);
    this.#length += length;
  }

  /** Repeats what stands `offset` bytes back; it may run into what it writes. */
  repeat(offset: number, length: number): void {
    if (!(offset > 0 && offset <= this.#length)) throw new Error('An LZ4 block points before its beginning.');
    this.#makeRoom(length);
    const bytes = this.#bytes;
    const from = this.#length - offset;
    if (offset >= length) bytes.copyWithin(this.#length, from, from + length);
    else for (let k = 0; k < length; k++) bytes[this.#length + k] = bytes[from + k]!;
    this.#length += length;
  }

  #makeRoom(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    if (needed > mostBytes) throw new Error('A buffer unpacks to more than 1 GiB.');
    const wider = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    wider.set(this.bytes());
    this.#bytes = wider;
  }
}
