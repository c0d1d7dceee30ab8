import { deserialize, serialize } from 'node:v8';
import type { Failure } from '@quarry/contracts';
import type { ArtifactStore } from '@quarry/platform/artifacts';
import type { RunEnding, SliceTask, StoredArtifact } from '@quarry/platform/database';
import type { InParts, KnownTrial, Standing } from '@quarry/runner';
import type { Attempt, SliceEnding } from './attempt.js';
import { cutIntoParts } from './cut-into-parts.js';

/** What a run in slices is made with. */
export interface Sliced<Found, Outcome> {
  readonly inParts: InParts<Found, Outcome>;
  /** At most so many parts, of a search that learns in each generation; where not given, as many as suit. */
  readonly wanted: number | undefined;
  readonly store: ArtifactStore;
  /** Names the code of this machine: what two of them found is not folded. */
  readonly code: string;
  readonly ended: (outcome: Outcome) => Promise<RunEnding>;
}

/**
 * Does one slice of a run: its begin, which is all of it where that pays or cannot be otherwise; a part, whose raw results
 * are shelved; or the fold of all parts, which has the result of the whole, bit for bit. The fold of a generation, where
 * another follows, cuts that one.
 */
export function inSlices<Found, Outcome extends object>(
  attempt: Attempt,
  sliced: Sliced<Found, Outcome>,
): Promise<SliceEnding> {
  const { stage } = attempt.claim.task;
  const slice = new RunInSlices(attempt, sliced);
  if (stage === 'begin') return slice.begin();
  return stage === 'part' ? slice.part() : slice.fold();
}

interface PartRow {
  readonly id: string;
  readonly found: StoredArtifact;
  readonly engine: string | null;
  readonly from: number;
}

class RunInSlices<Found, Outcome extends object> {
  constructor(
    private readonly attempt: Attempt,
    private readonly sliced: Sliced<Found, Outcome>,
  ) {}

  async begin(): Promise<SliceEnding> {
    const { inParts } = this.sliced;
    const { hooks } = this.attempt;
    const standing = await inParts.begin(hooks);
    if ('code' in standing) return failed(standing);
    const parts = this.partsOf(standing);
    return parts.length > 1 ? { parts, known: null } : this.over(await inParts.whole(hooks));
  }

  async part(): Promise<SliceEnding> {
    const { task } = this.attempt.claim;
    if (task.stage !== 'part') throw new Error(`A slice of stage ${task.stage} is no part.`);
    const part = await this.sliced.inParts.run(task, await this.known(), this.attempt.hooks);
    if ('code' in part) return failed(part);
    const found = await this.shelve(`trials ${task.from}-${task.to}`, part);
    return { found, engine: this.sliced.code };
  }

  async fold(): Promise<SliceEnding> {
    const { inParts, code } = this.sliced;
    const { hooks } = this.attempt;
    const rows = await this.rows<PartRow>(
      `SELECT id, found, engine_hash AS engine, from_index AS from FROM slice
       WHERE run_id = $1 AND stage = 'part' ORDER BY from_index`,
    );
    const known = await this.known();
    const odd = rows.filter((part) => part.engine !== code);
    if (odd.some(({ from }) => from < known.length)) return failed(learnedOtherwise);
    if (odd.length > 0) return { again: odd.map(({ id }) => id) };
    if (!inParts.learns) return this.over(await inParts.fold(await this.found(rows), known, hooks));

    const latest = await this.found(rows.filter(({ from }) => from >= known.length));
    const standing = await inParts.after(known, latest, hooks);
    if ('code' in standing) return failed(standing);
    if (!standing.next) return this.over(await inParts.fold(await this.found(rows), standing.known, hooks));
    const parts = this.partsOf(standing);
    return { parts, known: await this.shelve(`known ${standing.known.length}`, standing.known) };
  }

  private partsOf({ next, block, parts }: Standing): SliceTask[] {
    return next ? cutIntoParts(next, block, this.sliced.wanted ?? parts) : [];
  }

  private async over(outcome: Outcome | Failure): Promise<RunEnding> {
    return 'code' in outcome ? failed(outcome) : this.sliced.ended(outcome);
  }

  /** What a search that learns has learned by the generations before; nothing of others. */
  private async known(): Promise<readonly KnownTrial[]> {
    const [latest] = await this.rows<{ found: StoredArtifact }>(
      `SELECT found FROM slice WHERE run_id = $1 AND stage <> 'part' AND found IS NOT NULL ORDER BY index DESC LIMIT 1`,
    );
    return latest ? ((await this.read(latest.found)) as readonly KnownTrial[]) : [];
  }

  private async found(rows: readonly PartRow[]): Promise<Found[]> {
    const parts: Found[][] = [];
    for (const { found } of rows) parts.push((await this.read(found)) as Found[]);
    return parts.flat();
  }

  private rows<Row>(sql: string): Promise<Row[]> {
    const { claim, database } = this.attempt;
    return database.inTeam(claim.teamId, (scope) => scope.rows<Row>(sql, [claim.runId]));
  }

  private shelve(name: string, value: unknown): Promise<StoredArtifact> {
    return this.attempt.shelf.putBytes(name, serialize(value), 'application/octet-stream');
  }

  private async read({ key }: StoredArtifact): Promise<unknown> {
    const stored = await this.sliced.store.read(key);
    if (!stored) throw new Error(`The artifact store has lost ${key}, which a slice of the run had found.`);
    return deserialize(Buffer.concat((await stored.body.toArray()) as Buffer[]));
  }
}

const learnedOtherwise: Failure = {
  code: 'engine-changed',
  message:
    'Quarry was updated while this search went on. What its later trials were to learn from was found by another version. Start a new run.',
  position: null,
  diagnostics: [],
};

function failed(failure: Failure): RunEnding {
  return { failure, artifacts: [] };
}
