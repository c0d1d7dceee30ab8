import type { Readable } from 'node:stream';

export interface ByteRange {
  /** First byte, from 0. */
  readonly start: number;
  /** Last byte, inclusive. */
  readonly end: number;
}

/** For whom a link is made: how long it holds, and what the bytes are when they arrive. */
export interface LinkTerms {
  readonly seconds: number;
  readonly contentType: string;
  /** As the header Content-Disposition says it. */
  readonly disposition: string;
}

/** Bytes under keys. A key is written whole or not at all, and never changes once written: names come from content or ids. */
export abstract class ArtifactStore {
  /** Writes the stream under the key; a reader sees all of it or nothing. Answers the bytes written. */
  abstract put(key: string, body: Readable | Uint8Array, contentType: string): Promise<number>;
  /** The bytes, or those of a range; null where the key is unknown. */
  abstract read(key: string, range?: ByteRange): Promise<{ body: Readable; bytes: number; totalBytes: number } | null>;
  /** A URL from which anybody who has it may fetch these bytes, and nothing else; null where the store serves none. */
  abstract link(key: string, terms: LinkTerms): Promise<string | null>;
  abstract remove(key: string): Promise<void>;
  abstract list(prefix: string): Promise<readonly { key: string; bytes: number; modifiedAt: Date }[]>;
  /** Makes the place that keys lie in where there is none: done once, when a system is set up. */
  abstract prepare(): Promise<void>;
  /** Resolves when the store answers; rejects with the reason otherwise. */
  abstract ping(): Promise<void>;
}
