import type { Failure } from '@quarry/contracts';
import type { RunHooks } from './runner.js';

/** Trials or paths by their indices: from one up to, but without, another. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * A search or simulation whose trials may be run in stretches, each anywhere and at any time, and folded into the outcome
 * that running it whole has, bit for bit but for its `environment`.
 */
export interface InParts<Found, Outcome> {
  /** How many trials there are to be cut; null where trials hang on what earlier ones came to, so that it is run whole. */
  count(hooks?: RunHooks): Promise<number | null | Failure>;
  run(stretch: Stretch, hooks?: RunHooks): Promise<readonly Found[] | Failure>;
  /** @param found of all trials, in the order of their indices */
  fold(found: readonly Found[], hooks?: RunHooks): Promise<Outcome | Failure>;
  whole(hooks?: RunHooks): Promise<Outcome | Failure>;
}
