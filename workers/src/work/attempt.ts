import type { Claim, Database, RunEnding, SliceTask, StoredArtifact } from '@quarry/platform/database';
import type { RunHooks } from '@quarry/runner';
import type { ArtifactShelf } from '../attempt/artifact-shelf.js';

/** One attempt at a slice: what it may use while its claim holds. */
export interface Attempt {
  readonly claim: Claim;
  readonly database: Database;
  readonly shelf: ArtifactShelf;
  /** Its own folder, removed afterwards. */
  readonly directory: string;
  readonly hooks: Required<RunHooks>;
}

/** How an attempt ended: the run with it; or its begin, cut into parts; or a part, with what it found. */
export type SliceEnding = RunEnding | { readonly parts: readonly SliceTask[] } | { readonly found: StoredArtifact };

/** Does the work of one kind of run, and answers how it ended. A user's failure is an ending, not an exception. */
export type Work<K extends Claim['work']['kind']> = (
  attempt: Attempt,
  work: Extract<Claim['work'], { kind: K }>,
) => Promise<SliceEnding>;
