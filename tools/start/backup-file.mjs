import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

// A backup is one gzip stream of entries. Each is a line of JSON, {"kind", "bytes", …}, and so many bytes after it. The last
// is of the kind "end": without it the file was cut.

/** Writes a backup. It has its name when all of it lies on the disk. */
export class BackupWriter {
  #gzip = createGzip({ level: 4 });
  #written;

  constructor(path) {
    this.path = path;
    this.part = `${path}.part`;
    this.#written = pipeline(this.#gzip, createWriteStream(this.part, { mode: 0o600 }));
    this.#written.catch(() => undefined);
  }

  async add(kind, facts, body) {
    await this.#write(`${JSON.stringify({ ...facts, kind, bytes: body.length })}\n`);
    if (body.length > 0) await this.#write(body);
  }

  /** The same, for a body that is read as it is written; its length must be known. */
  async addStream(kind, facts, { bytes, body }) {
    await this.#write(`${JSON.stringify({ ...facts, kind, bytes })}\n`);
    let sent = 0;
    for await (const chunk of body) {
      sent += chunk.length;
      await this.#write(chunk);
    }
    if (sent !== bytes) throw new Error(`${facts.key} changed while it was read.`);
  }

  async end() {
    await this.add('end', {}, '');
    this.#gzip.end();
    await this.#written;
    const file = await open(this.part, 'r');
    await file.sync();
    await file.close();
    await rename(this.part, this.path);
  }

  async abandon() {
    this.#gzip.destroy();
    await this.#written.catch(() => undefined);
    await rm(this.part, { force: true });
  }

  async #write(chunk) {
    if (this.#gzip.write(chunk)) return;
    await Promise.race([once(this.#gzip, 'drain'), this.#written]);
  }
}

/**
 * The entries of a backup, each with its body to be read before the next is asked for.
 * @throws Error where the file is none, or was cut
 */
export async function* readBackup(path) {
  const gunzip = createGunzip();
  // A failure of the file is the gunzip's too, and told there.
  const piped = pipeline(createReadStream(path), gunzip).catch(() => undefined);
  const source = new ByteSource(gunzip);
  try {
    for (;;) {
      const header = JSON.parse(await source.line());
      if (header.kind === 'end') return;
      const body = source.take(header.bytes);
      yield { ...header, body };
      for await (const _ of body);
    }
  } catch (error) {
    if (error.name === 'StartError') throw error;
    if (error.code === 'ENOENT') throw backupError(`There is no file ${path}.`);
    throw backupError(`${path} is no backup, or was cut or changed (${error.code ?? error.message}).`);
  } finally {
    gunzip.destroy();
    await piped;
  }
}

/** Bytes of a stream, by lines and by numbers. */
class ByteSource {
  #chunks;
  #held = Buffer.alloc(0);

  constructor(stream) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  async line() {
    for (;;) {
      const end = this.#held.indexOf(10);
      if (end >= 0) {
        const line = this.#held.subarray(0, end).toString();
        this.#held = this.#held.subarray(end + 1);
        return line;
      }
      this.#held = Buffer.concat([this.#held, await this.#next()]);
    }
  }

  async *take(bytes) {
    for (let left = bytes; left > 0;) {
      if (this.#held.length === 0) this.#held = await this.#next();
      const part = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }

  async #next() {
    const { done, value } = await this.#chunks.next();
    if (done) throw new Error('its end is missing');
    return value;
  }
}

export function backupError(message) {
  const error = new Error(message);
  error.name = 'StartError';
  return error;
}
