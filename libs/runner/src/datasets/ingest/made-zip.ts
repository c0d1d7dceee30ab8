/** One entry of a zip as its directory tells it; `at` where it names the bytes of another entry. */
export interface ZipEntry {
  readonly name: string;
  readonly body: Buffer;
  /** Mode bits of Unix, such as those of a link. */
  readonly mode?: number;
  readonly at?: number;
}

/** Writes a zip of stored entries by hand, so that it can be as wrong as a spec needs it: its directory names the last entry as often as it takes to have `count`. */
export function madeZip(entries: readonly ZipEntry[], count = entries.length): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, body, mode = 0o100644, at } of entries) {
    const text = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt32LE(body.length, 18);
    local.writeUInt32LE(body.length, 22);
    local.writeUInt16LE(text.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(0x0314, 4);
    central.writeUInt32LE(body.length, 20);
    central.writeUInt32LE(body.length, 24);
    central.writeUInt16LE(text.length, 28);
    central.writeUInt32LE((mode << 16) >>> 0, 38);
    central.writeUInt32LE(at ?? offset, 42);
    directory.push(Buffer.concat([central, text]));
    if (at !== undefined) continue;
    bodies.push(local, text, body);
    offset += local.length + text.length + body.length;
  }
  const last = directory.at(-1) ?? Buffer.alloc(0);
  directory.push(Buffer.alloc(last.length * (count - entries.length), last));
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([...bodies, ...directory, ...zip64End(count, size, offset)]);
}

function zip64End(count: number, size: number, offset: number): Buffer[] {
  const end = Buffer.alloc(56);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(size), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  const last = Buffer.alloc(22);
  last.writeUInt32LE(0x06054b50, 0);
  last.writeUInt16LE(0xffff, 8);
  last.writeUInt16LE(0xffff, 10);
  last.writeUInt32LE(size, 12);
  last.writeUInt32LE(0xffffffff, 16);
  return [end, locator, last];
}
