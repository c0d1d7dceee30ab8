import type { Claim, Database, FoundPart, NextParts, RunEnding } from '@quarry/platform/database';
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

/**
 * How an attempt ended: the run with it; or its begin, or the fold of a generation, with the parts that follow and what
 * they are to know; or a part, with what it found; or a fold, with those parts, by id, that another engine had found.
 */
export type SliceEnding = RunEnding | NextParts | FoundPart | { readonly again: readonly string[] };

/** Does the work of one kind of run, and answers how it ended. A user's failure is an ending, not an exception. */
export type Work<K extends Claim['work']['kind']> = (
  attempt: Attempt,
  work: Extract<Claim['work'], { kind: K }>,
) => Promise<SliceEnding>;
