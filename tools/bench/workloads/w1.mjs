import { Child } from '../children/ask.mjs';
import { guestChild } from '../children/guest-child.mjs';
import { median, peakMemory, timed } from '../figures.mjs';
import { guestJob, Host, hostBars } from '../job.mjs';
import { minuteBars } from '../minute-bars.mjs';

const length = 1_000_000;
const warmUps = 3;

/**
 * W1: one backtest over 1,000,000 minute bars, whole: the guest in its isolate in a child, the tape handed over block by
 * block, replay and report here. W1g: the guest's part alone. Both warm, the loop beside them in turns.
 */
export async function w1({ repeats }) {
  const { whole, loop, rssMb, childRssMb } = await measure(repeats, true);
  return [{ workload: 'W1', ms: median(whole), baselineMs: median(loop), rssMb: rssMb + childRssMb }];
}

export async function w1g({ repeats }) {
  const { guest, loop, childRssMb } = await measure(repeats, false);
  return [{ workload: 'W1g', ms: median(guest), baselineMs: median(loop), rssMb: childRssMb }];
}

async function measure(repeats, withReport) {
  const job = await guestJob();
  const child = guestChild();
  const baseline = new Child('loop.mjs');
  const host = withReport ? new Host(hostBars([minuteBars(length)])) : null;
  const figures = { whole: [], guest: [], loop: [], rssMb: 0, childRssMb: 0 };
  try {
    await Promise.all([child.ask({ kind: 'bars', length }), baseline.ask({ length })]);
    for (let i = 0; i < warmUps + repeats; i++) {
      const loop = await baseline.ask({});
      await child.ask({ kind: 'ready' });
      const message = { kind: 'run', job };
      const { ms, value } = await timed(() => (host ? host.run(child, message) : child.ask(message)));
      if (value.outcome.failure) throw new Error(value.outcome.failure.message);
      // A child of the runner serves one run; what later ones leave behind in ours is no user's.
      if (i === 0) figures.childRssMb = value.rssMb;
      globalThis.gc?.();
      if (i < warmUps) continue;
      figures.loop.push(loop.ms);
      figures.whole.push(ms);
      figures.guest.push(value.ms);
    }
    return { ...figures, rssMb: peakMemory() };
  } finally {
    await Promise.all([child.close(), baseline.close()]);
  }
}
