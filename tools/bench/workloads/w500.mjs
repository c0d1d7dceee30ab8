import { Child } from '../children/ask.mjs';
import { guestChild } from '../children/guest-child.mjs';
import { dailyBars } from '../daily-bars.mjs';
import { median, peakMemory, timed } from '../figures.mjs';
import { guestJob, Host, hostBars } from '../job.mjs';

const symbols = 500;
const length = 5_000;
const warmUps = 3;

/**
 * W500: a ranking over 500 symbols of 5,000 days, whole: the guest in its isolate in a child, replay and report here, the
 * loop beside them in turns. Both sides must come to the same account, or the loop would be another workload.
 */
export async function w500({ repeats }) {
  const job = await guestJob(new URL('../strategies/ranking.ts', import.meta.url), {
    every: 21,
    held: 50,
    lookback: 252,
  });
  const child = guestChild();
  const baseline = new Child('portfolio-loop.mjs');
  const host = new Host(hostBars(dailyBars(symbols, length), '1d'));
  const figures = { whole: [], loop: [] };
  let childRssMb = 0;
  try {
    await Promise.all([child.ask({ kind: 'bars', symbols, length }), baseline.ask({ symbols, length })]);
    for (let i = 0; i < warmUps + repeats; i++) {
      const loop = await baseline.ask({});
      await child.ask({ kind: 'ready' });
      const { ms, value } = await timed(() => host.run(child, { kind: 'run', job }));
      const { finalEquity } = value.outcome;
      if (Math.abs(finalEquity / loop.final - 1) > 1e-9) {
        throw new Error(`The run ends with ${finalEquity}, the loop with ${loop.final}.`);
      }
      if (i === 0) childRssMb = value.rssMb;
      globalThis.gc?.();
      if (i < warmUps) continue;
      figures.loop.push(loop.ms);
      figures.whole.push(ms);
    }
    const rssMb = peakMemory() + childRssMb;
    return [{ workload: 'W500', ms: median(figures.whole), baselineMs: median(figures.loop), rssMb }];
  } finally {
    await Promise.all([child.close(), baseline.close()]);
  }
}
