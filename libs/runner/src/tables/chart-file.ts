import { open, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Table, makeVector, tableToIPC } from 'apache-arrow';
import type { ChartIndex } from '@quarry/contracts';
import type { Bars } from '@quarry/engine/host';
import { chartColumns, coarserLevel, finestLevel, levelStep, type ChartColumns } from './chart-levels.js';

const chunkRows = 8192;

type Level = ChartIndex['levels'][number];

/**
 * Writes `chart.arrow`, levels 1:1, 1:8, 1:64 … until one chunk holds a level, and `chart.json`, which says where each chunk lies. A
 * chunk is one whole Arrow IPC stream, uncompressed, so that a page fetches just the rows it draws.
 */
export async function writeChart(
  directory: string,
  bars: Bars,
  equity: Float64Array,
  drawdown: Float64Array,
): Promise<void> {
  const levels: Level[] = [];
  const file = await open(join(directory, 'chart.arrow'), 'w');
  try {
    let columns = finestLevel(bars, equity, drawdown);
    let offset = 0;
    for (let factor = 1; ; factor *= levelStep) {
      const level = await writeLevel(file, columns, factor, offset);
      levels.push(level);
      const end = level.chunks.at(-1);
      offset = end ? end.offset + end.length : offset;
      if (level.rows <= chunkRows) break;
      columns = coarserLevel(columns);
    }
  } finally {
    await file.close();
  }
  const index: ChartIndex = { schema: 'quarry.chart/1', columns: [...chartColumns], levels };
  await writeFile(join(directory, 'chart.json'), JSON.stringify(index));
}

async function writeLevel(file: FileHandle, columns: ChartColumns, factor: number, start: number): Promise<Level> {
  const { time } = columns;
  const chunks: Level['chunks'] = [];
  let offset = start;
  for (let firstRow = 0; firstRow < time.length; firstRow += chunkRows) {
    const rows = Math.min(chunkRows, time.length - firstRow);
    const bytes = arrowStream(columns, firstRow, rows);
    await file.write(bytes);
    chunks.push({
      ...{ firstRow, rows, offset, length: bytes.length },
      from: time[firstRow]!,
      to: time[firstRow + rows - 1]!,
    });
    offset += bytes.length;
  }
  return { factor, rows: time.length, chunks };
}

function arrowStream(columns: ChartColumns, firstRow: number, rows: number): Uint8Array {
  const vectors = chartColumns.map((name) => [name, makeVector(columns[name].slice(firstRow, firstRow + rows))]);
  return tableToIPC(new Table(Object.fromEntries(vectors)), 'stream');
}
