import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingestFile } from '../../libs/runner/dist/index.js';
import { minuteBars } from './minute-bars.mjs';

/** The workloads' minute bars as a dataset on disk, for what goes through the runner's own door. */
export async function minuteDataset(length) {
  const folder = await mkdtemp(join(tmpdir(), 'quarry-bench-'));
  const { time, open, high, low, close, volume } = minuteBars(length);
  const lines = Array.from(time, (at, i) =>
    [new Date(at / 1000).toISOString(), open[i], high[i], low[i], close[i], volume[i]].join(','),
  );
  const file = join(folder, 'bench.csv');
  await writeFile(file, `time,open,high,low,close,volume\n${lines.join('\n')}\n`);
  const dataset = await ingestFile(file, { name: 'bench' }, join(folder, 'bench'));
  if ('code' in dataset) throw new Error(dataset.message);
  return { dataset, folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
