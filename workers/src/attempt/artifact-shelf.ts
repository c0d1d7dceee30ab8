import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { ArtifactStore } from '@quarry/platform/artifacts';
import type { Claim, StoredArtifact } from '@quarry/platform/database';

export interface LocalFile {
  readonly name: string;
  readonly path: string;
  readonly contentType: string;
}

/**
 * Puts an attempt's files into the artifact store, under keys made of run, attempt and content. No other attempt has
 * these keys, so an attempt that lost its claim can take back all it put.
 */
export class ArtifactShelf {
  private readonly keys: string[] = [];

  constructor(
    private readonly store: ArtifactStore,
    private readonly claim: Claim,
  ) {}

  async putFile({ name, path, contentType }: LocalFile): Promise<StoredArtifact> {
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    const key = this.keyOf(hash.digest('hex'), name);
    const bytes = await this.store.put(key, createReadStream(path), contentType);
    return { name, key, bytes, contentType };
  }

  putText(name: string, text: string, contentType: string): Promise<StoredArtifact> {
    return this.putBytes(name, Buffer.from(text), contentType);
  }

  async putBytes(name: string, body: Buffer, contentType: string): Promise<StoredArtifact> {
    const key = this.keyOf(createHash('sha256').update(body).digest('hex'), name);
    const bytes = await this.store.put(key, body, contentType);
    return { name, key, bytes, contentType };
  }

  /** Removes everything this attempt put. */
  async takeBack(): Promise<void> {
    await Promise.all(this.keys.map((key) => this.store.remove(key)));
  }

  private keyOf(hash: string, name: string): string {
    const { teamId, runId, attempt } = this.claim;
    const key = `teams/${teamId}/runs/${runId}/${attempt}/${hash}/${name.replace(/[^\w.-]/g, '_')}`;
    this.keys.push(key);
    return key;
  }
}
