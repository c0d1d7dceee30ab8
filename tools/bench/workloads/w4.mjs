import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqlPath, sqlText, withDuckDB } from '../../../libs/runner/dist/datasets/duckdb.js';
import { ingestFile } from '../../../libs/runner/dist/index.js';
import { childMemory, median, timed } from '../figures.mjs';
import { writeMinutes } from '../write-minutes.mjs';

const rows = 1_000_000;
/** How often a child's memory is looked at, milliseconds: its peak as the kernel kept it till then. */
const lookMs = 200;

/**
 * W4: a CSV of minute bars into a stored dataset, every check of its quality included, in a process of its own; beside it
 * DuckDB's bare copy of the same file into Parquet. W4-10m: ten times the rows, for the memory that it takes.
 */
export async function w4({ repeats }) {
  return [await measure('W4', rows, Math.min(repeats, 5)), await measure('W4-10m', 10 * rows, 1)];
}

async function measure(workload, length, repeats) {
  const folder = await mkdtemp(join(tmpdir(), 'quarry-bench-ingest-'));
  const figures = { ours: [], bare: [], rssMb: 0 };
  const look = setInterval(() => (figures.rssMb = Math.max(figures.rssMb, childMemory('ingest/child.js'))), lookMs);
  try {
    const file = join(folder, 'minutes.csv');
    await writeMinutes(file, length);
    for (let i = 0; i < repeats; i++) {
      figures.bare.push((await timed(() => bareCopy(file, join(folder, 'bare.parquet')))).ms);
      const into = join(folder, `set-${i}`);
      const { ms, value } = await timed(() => ingestFile(file, { name: 'minutes' }, into));
      if ('code' in value) throw new Error(value.message);
      if (value.info.series[0]?.rows !== length) throw new Error('The dataset does not hold the rows of its file.');
      figures.ours.push(ms);
      await rm(into, { recursive: true });
    }
    return { workload, ms: median(figures.ours), baselineMs: median(figures.bare), rssMb: figures.rssMb };
  } finally {
    clearInterval(look);
    await rm(folder, { recursive: true, force: true });
  }
}

async function bareCopy(from, to) {
  const target = sqlText(to);
  await withDuckDB((connection) =>
    connection.run(`COPY (SELECT * FROM read_csv(${sqlPath(from)})) TO ${target} (FORMAT parquet, COMPRESSION zstd)`),
  );
}
