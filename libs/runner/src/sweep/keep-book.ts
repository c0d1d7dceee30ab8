import type { Workshop } from '../backtest.js';
import type { SearchHooks } from '../search/run-search.js';
import type { OpenedSweep } from './open-sweep.js';
import type { SweepJob } from './sweep.js';
import { distinctOf, triedIn } from './tried-in.js';

const everyMs = 5_000;

/** Writes trials down while the search goes on, now and then: whoever stops it has tried them all the same. */
export function keepBook(
  workshop: Workshop,
  job: SweepJob,
  opened: Pick<OpenedSweep, 'runs' | 'plan'>,
): NonNullable<SearchHooks['onGeneration']> {
  let [written, at] = [0, performance.now()];
  return async (trials) => {
    if (!job.book || performance.now() - at < everyMs) return;
    const { family, own } = triedIn(workshop, job, { ...opened, trials: distinctOf(trials.slice(written)) });
    await job.book.record(family, own);
    [written, at] = [trials.length, performance.now()];
  };
}
