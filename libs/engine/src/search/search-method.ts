import type { Trial } from './objective.js';
import type { Params } from './space.js';

/**
 * Proposes trials one by one. A proposal depends on (run seed, index) and on the trials given, which are those of
 * earlier generations; so it does not matter who runs which trial, or when.
 */
export interface SearchMethod {
  propose(index: number, earlier: readonly Trial[]): Params;
}

/**
 * The trials of one generation. All trials of the generations before must be there; later ones are not looked at.
 *
 * @param generation from 0
 * @param size trials of every generation; a fixed number, since what a search learns from depends on it
 */
export function proposeGeneration(
  method: SearchMethod,
  {
    generation,
    size,
    trials,
  }: { readonly generation: number; readonly size: number; readonly trials: readonly Trial[] },
): Params[] {
  const first = generation * size;
  const earlier = trials.filter(({ index }) => index < first).sort((a, b) => a.index - b.index);
  const missing = Array.from({ length: first }, (_, i) => i).find((i) => earlier[i]?.index !== i);
  if (missing !== undefined) {
    throw new RangeError(`Generation ${generation} needs trial ${missing} once: run all earlier ones first.`);
  }
  return Array.from({ length: size }, (_, i) => method.propose(first + i, earlier));
}
