import { guestChild } from '../children/guest-child.mjs';
import { Child } from '../children/ask.mjs';
import { median } from '../figures.mjs';
import { guestJob } from '../job.mjs';

const length = 1_000_000;
const warmUps = 5;
/** How the strategy of W6 ends a run before its first bar. */
const ending = '6 indicators are built';

/**
 * W6: six indicators over 1,000,000 bars, as a strategy's init asks for them, in an isolate in a child; warm, new columns
 * every time. The loops beside them in turns write into columns of their own, again and again the same.
 */
export async function w6({ repeats }) {
  const job = await guestJob(new URL('../strategies/six-indicators.ts', import.meta.url), {});
  const child = guestChild();
  const baseline = new Child('indicator-loop.mjs');
  const figures = { guest: [], loop: [], rssMb: 0 };
  try {
    await Promise.all([child.ask({ kind: 'bars', length }), baseline.ask({ length })]);
    for (let i = 0; i < warmUps + repeats; i++) {
      const loop = await baseline.ask({});
      await child.ask({ kind: 'ready' });
      const { ms, outcome, rssMb } = await child.ask({ kind: 'run', job });
      if (outcome.failure?.message !== ending) throw new Error(`W6 ended otherwise: ${outcome.failure?.message}`);
      if (i === 0) figures.rssMb = rssMb;
      if (i < warmUps) continue;
      figures.loop.push(loop.ms);
      figures.guest.push(ms);
    }
    return [{ workload: 'W6', ms: median(figures.guest), baselineMs: median(figures.loop), rssMb: figures.rssMb }];
  } finally {
    await Promise.all([child.close(), baseline.close()]);
  }
}
