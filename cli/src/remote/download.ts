import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as ByteStream } from 'node:stream/web';
import type { Run } from '@quarry/contracts';
import { OutOfReach } from '../out-of-reach.js';
import type { ApiClient } from './api-client.js';

/** Writes a run's artifacts into a folder, each whole. */
export async function download(client: ApiClient, run: Run, folder: string): Promise<void> {
  for (const { name, bytes } of run.artifacts) {
    // The server's word alone decides no path on this machine.
    if (!/^\w[\w.-]*$/.test(name)) throw new OutOfReach(`Run ${run.id} names an artifact "${name}", which is no file.`);
    const { body } = await client.stream('artifact', { at: { id: run.id, name } });
    const file = createWriteStream(join(folder, name));
    await pipeline(body === null ? Readable.from([]) : Readable.fromWeb(body as ByteStream), file);
    if (file.bytesWritten !== bytes) {
      throw new OutOfReach(`${name} came with ${file.bytesWritten} of ${bytes} bytes. Try again.`);
    }
  }
}
