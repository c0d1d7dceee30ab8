import { setTimeout } from 'node:timers/promises';
import { Child } from '../children/ask.mjs';
import { guestChild } from '../children/guest-child.mjs';
import { median, peakMemory, timed } from '../figures.mjs';
import { guestJob, Host, hostBars } from '../job.mjs';
import { minuteBars } from '../minute-bars.mjs';

const warmUps = 3;
/** So many runs has a worker served before: a user's is seldom its first. */
const served = 100;
/** So long has a child stood ready. */
const readyMs = 200;

/**
 * W1c: the whole of W1 cold, as a user's run is: a new isolate in a child that stood ready (what it does while it waits
 * is not counted), replay and report in a warm worker. The loop is cold too, in a new process for each figure.
 */
export async function w1c({ repeats }) {
  const job = await guestJob();
  const rows = [];
  for (const [workload, length] of [
    ['W1c', 100_000],
    ['W1c-5k', 5_000],
  ]) {
    const ours = await cold(job, length, repeats);
    rows.push({ workload, ...ours, baselineMs: await coldLoop(length, repeats) });
  }
  return rows;
}

async function cold(job, length, repeats) {
  const child = guestChild();
  const host = new Host(hostBars([minuteBars(length)]));
  const figures = [];
  try {
    await child.ask({ kind: 'bars', length });
    let rssMb = 0;
    for (let i = 0; i < warmUps + repeats; i++) {
      await child.ask({ kind: 'spare' });
      await setTimeout(readyMs);
      const { ms, value } = await timed(() => host.run(child, { kind: 'run', job }));
      if (i === 0) {
        rssMb = value.rssMb;
        host.again(served);
      }
      globalThis.gc?.();
      if (i >= warmUps) figures.push(ms);
    }
    return { ms: median(figures), rssMb: rssMb + peakMemory() };
  } finally {
    await child.close();
  }
}

async function coldLoop(length, repeats) {
  const figures = [];
  for (let i = 0; i < repeats; i++) {
    const baseline = new Child('loop.mjs');
    try {
      await baseline.ask({ length });
      figures.push((await baseline.ask({})).ms);
    } finally {
      await baseline.close();
    }
  }
  return median(figures);
}
