import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { BacktestOptions } from '../../../libs/contracts/dist/index.js';
import { createRunner } from '../../../libs/runner/dist/index.js';
import { Child } from '../children/ask.mjs';
import { childMemory, median, peakMemory, timed } from '../figures.mjs';
import { settings } from '../job.mjs';
import { minuteDataset } from '../minute-dataset.mjs';

const length = 100_000;
const warmUps = 3;
const fasts = Array.from({ length: 10 }, (_, i) => 5 + 5 * i);
const slows = Array.from({ length: 20 }, (_, i) => 60 + 10 * i);
const pairs = fasts.flatMap((fast) => slows.map((slow) => ({ fast, slow })));

/**
 * W2: a sweep's 200 trials over 100,000 minute bars through the runner's door: each run in a lane's isolate, replayed
 * and measured here. Two lanes, against the loop in as many processes that share the pairs.
 */
export async function w2({ repeats }) {
  const lanes = Math.min(2, availableParallelism());
  const loops = Array.from({ length: lanes }, () => new Child('sweep-loop.mjs'));
  const { dataset, folder, remove } = await minuteDataset(length);
  const limits = { wallMs: 60_000, memoryMb: 256, resultBytes: 64e6 };
  const runner = await createRunner({ directory: join(folder, 'runner'), limits, wallMin: 'none', spares: 0 });
  const file = new URL('../strategies/crossover.ts', import.meta.url);
  const source = { entry: 'strategy.ts', files: { 'strategy.ts': await readFile(file, 'utf8') } };
  const runs = await runner.trials({ source, dataset, options: BacktestOptions.parse({ settings }), lanes });
  if ('code' in runs) throw new Error(runs.message);
  const figures = { ours: [], loop: [] };
  let childrenMb = 0;
  try {
    await Promise.all(loops.map((loop) => loop.ask({ length })));
    for (let i = 0; i < warmUps + repeats; i++) {
      const shares = loops.map((_, lane) => pairs.filter((_pair, at) => at % lanes === lane));
      const loop = await timed(() => Promise.all(loops.map((one, lane) => one.ask({ pairs: shares[lane] }))));
      const ours = await timed(() => runs.run(pairs.map((params) => ({ params }))));
      requireSame(ours.value, loop.value, lanes);
      childrenMb = Math.max(childrenMb, childMemory('child.cjs'));
      if (i < warmUps) continue;
      figures.loop.push(loop.ms);
      figures.ours.push(ours.ms);
    }
    const rssMb = peakMemory() + childrenMb;
    return [{ workload: 'W2', ms: median(figures.ours), baselineMs: median(figures.loop), rssMb }];
  } finally {
    await runs.close();
    await Promise.all([runner.close(), ...loops.map((loop) => loop.close())]);
    await remove();
  }
}

/** Both sides must come to the same account, or the loop would be another workload. */
function requireSame(results, answers, lanes) {
  results.forEach((result, at) => {
    if ('failure' in result) throw new Error(result.failure.message);
    const theirs = answers[at % lanes].totals[Math.floor(at / lanes)];
    const ours = result.metrics.totalReturn;
    if (!(Math.abs(ours - theirs) < 1e-9)) throw new Error(`Pair ${at}: we say ${ours}, the loop ${theirs}.`);
  });
}
