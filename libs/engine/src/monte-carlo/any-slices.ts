import { planSlices, type Slice, type SlicedWork } from './slices.js';

/** The answers of a work done in 1, 2, 7 and 16 slices, each time finished in another order. For suites. */
export function answersByAnySlices<Part extends Slice, Result>(workOf: () => SlicedWork<Part, Result>): Result[] {
  return [1, 2, 7, 16].map((slices, turn) => {
    // Each slice is run by a work of its own, as it is on another machine.
    const parts = planSlices(workOf().count, slices).map((slice) => workOf().run(slice));
    if (turn % 2 === 1) parts.reverse();
    parts.push(...parts.splice(0, turn));
    return workOf().finish(parts);
  });
}
