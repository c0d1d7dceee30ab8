import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { DataRefused } from '../data-refused.js';
import { decodeText, type DecodedText } from './decode-text.js';
import { refuseUnreadable } from './file-kind.js';
import { damaged, entryStream, onlyEntry } from './zip-entry.js';

const chunkBytes = 1 << 20;
/** Tables pack 5 to 50 times; what unpacks to 500 times its size is a bomb. */
const bombRatio = 500;
const bombBytes = 256 * 2 ** 20;
/** Room for more rows than are read of any table. */
const mostGigabytes = 4;

/** A text file that can be read from its beginning any number of times. */
export interface TextSource {
  /** The name that tells most: of the entry in a zip, else of the file. */
  readonly name: string;
  open(): Promise<DecodedText>;
}

export function plainText(path: string, name: string): TextSource {
  return { name, open: () => decodeText(createReadStream(path, { highWaterMark: chunkBytes }), name) };
}

export function packedText(path: string, name: string, packedBytes: number, by: 'gzip' | 'zstd'): TextSource {
  const open = () => {
    const unpacked = (by === 'gzip' ? createGunzip : createZstdDecompress)({ chunkSize: chunkBytes });
    pipeline(createReadStream(path, { highWaterMark: chunkBytes }), unpacked, () => undefined);
    const text = guarded(unpacked, name, packedBytes);
    return decodeText(by === 'gzip' ? text : oneFrame(text, unpacked, name, packedBytes), name);
  };
  return { name: name.replace(/\.(gz|zst)$/i, ''), open };
}

/** Node unpacks the first frame of zstd and passes over others: a file that has them is refused, not cut. */
async function* oneFrame(
  text: AsyncIterable<Buffer>,
  unpacked: { readonly bytesWritten: number },
  name: string,
  packedBytes: number,
): AsyncGenerator<Buffer> {
  yield* text;
  if (unpacked.bytesWritten < packedBytes) {
    throw new DataRefused(`${name} holds several zstd frames, of which one is read. Unpack it, or pack it as one.`);
  }
}

export async function zipText(path: string, name: string, packedBytes: number): Promise<TextSource> {
  const entry = await onlyEntry(path, name);
  const open = async () => decodeText(guarded(await entryStream(path, name, entry), name, packedBytes), name);
  return { name: entry.split('/').at(-1)!, open };
}

async function* guarded(unpacked: Readable, name: string, packedBytes: number): AsyncGenerator<Buffer> {
  let total = 0;
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      if (total === 0) {
        if (/^(1f8b|504b0304|28b52ffd)/.test(chunk.toString('hex', 0, 4)))
          throw new DataRefused(`${name} is packed twice. Unpack it once.`);
        refuseUnreadable(chunk, name);
      }
      total += chunk.length;
      if (total > bombBytes && total > bombRatio * packedBytes) {
        throw new DataRefused(
          `${name} unpacks to more than ${bombRatio} times its size: no table does. It was not read further.`,
        );
      }
      if (total > mostGigabytes * 1e9) {
        throw new DataRefused(
          `${name} unpacks to more than ${mostGigabytes} GB, the most that Quarry reads. Split the file.`,
        );
      }
      yield chunk;
    }
  } catch (error) {
    if (error instanceof DataRefused) throw error;
    throw damaged(name, error as Error);
  } finally {
    unpacked.destroy();
  }
}
