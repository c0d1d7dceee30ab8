import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { csvText } from '../../tables/csv-text.js';
import type { RowTable } from './row-table.js';

/** Writes beside a dataset how its file was read (`reading.json`) and, where rows were refused, which and why (`refused.csv`). */
export async function writeFindings(directory: string, { reading, refusals }: RowTable): Promise<void> {
  await writeFile(join(directory, 'reading.json'), `${JSON.stringify(reading, null, 2)}\n`);
  if (refusals.count === 0) return;
  const rows = refusals.list.map(({ row, reason, text }) => `${row},${csvText(reason)},${csvText(text)}\n`);
  const unlisted = refusals.count - refusals.list.length;
  const rest = unlisted === 0 ? [] : [`,${csvText(`${unlisted} further rows were refused and are not listed`)},\n`];
  await writeFile(join(directory, 'refused.csv'), ['row,reason,text\n', ...rows, ...rest].join(''));
}
