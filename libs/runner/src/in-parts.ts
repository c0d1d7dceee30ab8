import type { Failure } from '@quarry/contracts';
import type { Params } from '@quarry/engine/host';
import type { RunHooks } from './runner.js';

/** Trials or paths by their indices: from one up to, but without, another. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A trial as a search learns from it. */
export interface KnownTrial {
  readonly index: number;
  readonly params: Params;
  /** Of the objective; NaN where it is not defined or the trial failed. */
  readonly value: number;
}

/** Where a run in parts stands: what it has learned from, and the trials that can be run now; null where there are none. */
export interface Standing {
  readonly known: readonly KnownTrial[];
  readonly next: Stretch | null;
  /** A cut falls between blocks of so many trials. */
  readonly block: number;
  /** Into as many parts as suit, where nobody says otherwise. */
  readonly parts: number;
}

/** More parts would cost more to hand out than they spread. */
const mostParts = 64;

/**
 * A search or simulation whose trials (paths, folds) may be run in stretches, each anywhere and at any time, and folded into the outcome
 * that running it whole has, bit for bit but for its `environment`.
 */
export interface InParts<Found, Outcome> {
  /** Whether trials hang on what earlier ones came to: only a generation is cut at a time, and the next follows on what came of it. */
  readonly learns: boolean;
  /** The first trials; none where it can only be run whole. */
  begin(hooks?: RunHooks): Promise<Standing | Failure>;
  /** Of a search that learns: where it stands once the trials that were next are found. */
  after(known: readonly KnownTrial[], found: readonly Found[], hooks?: RunHooks): Promise<Standing | Failure>;
  /** What came of a stretch. */
  run(stretch: Stretch, known: readonly KnownTrial[], hooks?: RunHooks): Promise<readonly Found[] | Failure>;
  /** @param found of all trials, in the order of their indices */
  fold(found: readonly Found[], known: readonly KnownTrial[], hooks?: RunHooks): Promise<Outcome | Failure>;
  whole(hooks?: RunHooks): Promise<Outcome | Failure>;
}

/** Where a run stands that learns nothing: all its trials at once, or none to cut. */
export function allAtOnce(count: number | null, block = 64): Standing {
  return { known: [], next: count === null ? null : { from: 0, to: count }, block, parts: mostParts };
}

/** A part takes at least so many bars in all, a second of a simple strategy: less costs more to hand out. */
const leastBars = 20_000_000;

/** Into how many parts few trials are worth cutting, by the bars of each. */
export function partsThatPay(trials: number, bars: number): number {
  return Math.min(mostParts, Math.max(1, Math.floor((trials * bars) / leastBars)));
}
