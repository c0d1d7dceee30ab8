import { toJsonNumber } from '@quarry/contracts';
import type { RunHooks } from '../runner.js';
import type { Booking } from './booking.js';
import { keepingTrials } from './keeping-trials.js';
import type { SearchHooks } from './run-search.js';
import type { TrialBook } from './trial-book.js';

interface Kept {
  readonly book: TrialBook | undefined;
  readonly booking: Booking;
  readonly hooks: RunHooks;
  /** How far the run is once so many trials are done. */
  readonly shareOf: (done: number) => number;
}

/** Does a search each of whose trials is told of as it ends, and written down. */
export function keptSearch<T>(
  { book, booking, hooks: { signal, onProgress, onTrial }, shareOf }: Kept,
  search: (hooks: SearchHooks) => Promise<T>,
): Promise<T> {
  return keepingTrials(book, booking.family, (note) =>
    search({
      ...(signal && { signal }),
      onDone: (done) => onProgress?.('run', shareOf(done)),
      onTried: (trial) => {
        note(() => booking.bookedOf(trial));
        const { index, params, value } = trial;
        onTrial?.({ index, params: { ...params }, value: toJsonNumber(value) });
      },
    }),
  );
}
