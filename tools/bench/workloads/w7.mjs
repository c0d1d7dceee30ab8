import { Child } from '../children/ask.mjs';
import { childFlags } from '../../../libs/runner/dist/v8-flags.js';
import { median } from '../figures.mjs';
import { guestJob } from '../job.mjs';

/**
 * W7: what a run in an isolate costs beside its work, with 1,000,000 bars in memory: a new isolate, context and engine,
 * the columns handed over, the strategy loaded, the answer taken out. No bar is run.
 */
export async function w7({ repeats }) {
  const job = await guestJob();
  const child = new Child('guest.mjs', childFlags);
  try {
    await child.ask({ kind: 'bars', length: 1_000_000 });
    const figures = [];
    let rssMb = 0;
    for (let i = 0; i < 3 + repeats; i++) {
      const answer = await child.ask({ kind: 'empty', job });
      if (answer.outcome.failure) throw new Error(answer.outcome.failure.message);
      rssMb = answer.rssMb;
      if (i >= 3) figures.push(answer.ms);
    }
    return [{ workload: 'W7', ms: median(figures), baselineMs: null, rssMb }];
  } finally {
    await child.close();
  }
}
