import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from '../children/ask.mjs';
import { median } from '../figures.mjs';

/** W9: the columns of 1,000,000 bars, first out of Parquet, then out of the column cache; the first read is the baseline. */
export async function w9({ repeats }) {
  const directory = mkdtempSync(join(tmpdir(), 'quarry-bench-datasets-'));
  try {
    await ask({ directory, readToo: false });
    const reads = [];
    for (let i = 0; i < repeats; i++) reads.push(await ask({ directory, readToo: true }));
    return [
      {
        workload: 'W9',
        ms: median(reads.map(({ secondMs }) => secondMs)),
        baselineMs: median(reads.map(({ firstMs }) => firstMs)),
        rssMb: Math.max(...reads.map(({ rssMb }) => rssMb)),
      },
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function ask(message) {
  const child = new Child('columns.mjs', ['--expose-gc']);
  try {
    return await child.ask(message);
  } finally {
    await child.close();
  }
}
