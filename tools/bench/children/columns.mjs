// Reads a dataset's columns twice in a process of its own: first out of Parquet, then out of the column cache.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ColumnCache, openDataset } from '../../../libs/runner/dist/datasets/index.js';
import { BarsReader } from '../../../libs/runner/dist/replay/bars-from-files.js';
import { peakMemory, timed } from '../figures.mjs';
import { serve } from './ask.mjs';

serve(async ({ directory, readToo }) => {
  const dataset = await openDataset('minutes', directory);
  if ('code' in dataset) throw new Error(dataset.message);
  if (!readToo) return { ready: true };

  const folder = mkdtempSync(join(tmpdir(), 'quarry-bench-columns-'));
  try {
    const cache = new ColumnCache(folder);
    const { symbol, interval } = dataset.info.series[0];
    const read = () =>
      timed(async () => {
        const set = await cache.series(dataset, symbol, interval);
        return new BarsReader(0).read([{ ...set, first: 0, length: set.rows }])[0].length;
      });
    const first = await read();
    globalThis.gc?.();
    const second = await read();
    if (second.value !== first.value) throw new Error('The second read differs from the first.');
    return { firstMs: first.ms, secondMs: second.ms, rssMb: peakMemory() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
