import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './children/ask.mjs';

/** The workloads' minute bars as a dataset on disk, for what goes through the runner's own door. */
export async function minuteDataset(length) {
  const folder = await mkdtemp(join(tmpdir(), 'quarry-bench-'));
  const maker = new Child('dataset.mjs');
  const dataset = await maker.ask({ folder, length });
  await maker.close();
  if ('code' in dataset) throw new Error(dataset.message);
  return { dataset, folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
