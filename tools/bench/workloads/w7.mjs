import { guestChild } from '../children/guest-child.mjs';
import { median } from '../figures.mjs';
import { guestJob } from '../job.mjs';

const warmUps = 3;

/**
 * W7: what a run in an isolate costs beside its work, with 1,000,000 bars in memory: the strategy loaded, the answer taken
 * out, no bar run; in a child that stood ready, as a user's run finds it. W7-new: with all that was done before, too, while
 * the child waited: a new isolate, context and engine, the columns handed over.
 */
export async function w7({ repeats }) {
  const job = await guestJob();
  const child = guestChild();
  try {
    await child.ask({ kind: 'bars', length: 1_000_000 });
    const ready = await measure(repeats, async () => {
      await child.ask({ kind: 'spare' });
      return child.ask({ kind: 'load', job });
    });
    const fresh = await measure(repeats, () => child.ask({ kind: 'empty', job }));
    return [
      { workload: 'W7', ...ready },
      { workload: 'W7-new', ...fresh },
    ];
  } finally {
    await child.close();
  }
}

async function measure(repeats, ask) {
  const figures = [];
  let rssMb = 0;
  for (let i = 0; i < warmUps + repeats; i++) {
    const answer = await ask();
    if (answer.outcome.failure) throw new Error(answer.outcome.failure.message);
    rssMb = answer.rssMb;
    if (i >= warmUps) figures.push(answer.ms);
  }
  return { ms: median(figures), baselineMs: null, rssMb };
}
