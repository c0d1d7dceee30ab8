import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ingestFile } from '../../libs/runner/dist/index.js';
import { minuteBars } from './minute-bars.mjs';

/** The workloads' minute bars as a dataset on disk, for what goes through the runner's own door. */
export async function minuteDataset(length) {
  const folder = await mkdtemp(join(tmpdir(), 'quarry-bench-'));
  const file = join(folder, 'bench.csv');
  await writeMinutes(file, length);
  const dataset = await ingestFile(file, { name: 'bench' }, join(folder, 'bench'));
  if ('code' in dataset) throw new Error(dataset.message);
  return { dataset, folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Minute bars as a CSV, line by line, so that making the data does not count among the memory that is measured. */
export async function writeMinutes(file, length) {
  await pipeline(Readable.from(linesOf(length)), createWriteStream(file));
}

function* linesOf(length) {
  const { time, open, high, low, close, volume } = minuteBars(length);
  yield 'time,open,high,low,close,volume\n';
  for (let i = 0; i < length; i++) {
    const stamp = new Date(time[i] / 1000).toISOString();
    yield `${[stamp, open[i], high[i], low[i], close[i], volume[i]].join(',')}\n`;
  }
}
