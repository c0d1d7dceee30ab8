import type { DatasetInfo } from '@quarry/contracts';
import { fixed } from '@quarry/contracts';
import { printable } from '../terminal/paint.js';

/** One sentence where rows of the file were left out, so that nobody runs over less than he thinks. Empty otherwise. */
export function refusedRows({ name, quality }: DatasetInfo): string {
  const [first] = quality.refused;
  if (quality.rowsRefused === 0 || first === undefined) return '';
  const count = `${fixed(quality.rowsRefused, 0)} of ${fixed(quality.rowsRead, 0)} rows were refused`;
  return printable(`${name}: ${count}, the first in row ${first.row}: ${first.reason}\n`);
}
