import type { IngestOptions } from '@quarry/contracts';
import type { TimeColumn } from './column-rows.js';
import { refuseOpenOrder, refuseUnknownTime, sniffTime } from './sniff-time.js';
import { dateFromFileName } from './symbol-name.js';

/** Tells how to read a column of figures or text that holds times, by its first values. Throws DataRefused. */
export function sniffedColumn(
  cells: readonly string[],
  name: string,
  options: IngestOptions,
  fileName: string,
): TimeColumn {
  const sniffed = sniffTime(cells, dateFromFileName(fileName));
  if (sniffed.format === null) throw refuseUnknownTime(fileName, name, cells);
  if (sniffed.format === 'undecided-order') {
    if (!options.dateOrder) throw refuseOpenOrder(fileName, cells[0] ?? '');
    return { format: { kind: 'numeric', order: options.dateOrder }, isUtc: false, isDate: false, note: null };
  }
  const { format, note } = sniffed;
  return { format, isUtc: format.kind === 'epoch' || /utc|gmt/i.test(name), isDate: false, note };
}
