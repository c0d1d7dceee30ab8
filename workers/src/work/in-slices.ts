import { deserialize, serialize } from 'node:v8';
import type { Failure } from '@quarry/contracts';
import type { ArtifactStore } from '@quarry/platform/artifacts';
import type { RunEnding, StoredArtifact } from '@quarry/platform/database';
import type { InParts } from '@quarry/runner';
import type { Attempt, SliceEnding } from './attempt.js';
import { cutIntoParts } from './cut-into-parts.js';

/** What a run in slices is made with. */
export interface Sliced<Found, Outcome> {
  readonly inParts: InParts<Found, Outcome>;
  /** At most so many parts; as many as suits where not given. */
  readonly wanted: number | undefined;
  readonly store: ArtifactStore;
  readonly ended: (outcome: Outcome) => Promise<RunEnding>;
}

/**
 * Does one slice of a run: its begin, which is all of it where that pays or cannot be otherwise; a part, whose raw results
 * are shelved; or the fold of all parts, which has the result of the whole, bit for bit.
 */
export async function inSlices<Found, Outcome extends object>(
  { claim, database, shelf, hooks }: Attempt,
  { inParts, wanted, store, ended }: Sliced<Found, Outcome>,
): Promise<SliceEnding> {
  const over = (outcome: Outcome | Failure): Promise<RunEnding> | RunEnding =>
    isFailure(outcome) ? failed(outcome) : ended(outcome);
  const { task } = claim;
  switch (task.stage) {
    case 'begin': {
      const count = await inParts.count(hooks);
      if (count !== null && typeof count === 'object') return failed(count);
      const parts = count === null ? [] : cutIntoParts(count, wanted);
      return parts.length > 1 ? { parts } : over(await inParts.whole(hooks));
    }
    case 'part': {
      const found = await inParts.run(task, hooks);
      if (isFailure(found)) return failed(found);
      return {
        found: await shelf.putBytes(`trials ${task.from}-${task.to}`, serialize(found), 'application/octet-stream'),
      };
    }
    case 'fold': {
      const rows = await database.inTeam(claim.teamId, (scope) =>
        scope.rows<{ found: StoredArtifact }>(
          `SELECT found FROM slice WHERE run_id = $1 AND stage = 'part' ORDER BY from_index`,
          [claim.runId],
        ),
      );
      const parts: Found[][] = [];
      for (const { found } of rows) parts.push((await readFound(store, found)) as Found[]);
      return over(await inParts.fold(parts.flat(), hooks));
    }
  }
}

async function readFound(store: ArtifactStore, { key }: StoredArtifact): Promise<unknown> {
  const stored = await store.read(key);
  if (!stored) throw new Error(`The artifact store has lost ${key}, which a slice of the run had found.`);
  return deserialize(Buffer.concat((await stored.body.toArray()) as Buffer[]));
}

function failed(failure: Failure): RunEnding {
  return { failure, artifacts: [] };
}

function isFailure(answer: object): answer is Failure {
  return 'code' in answer;
}
