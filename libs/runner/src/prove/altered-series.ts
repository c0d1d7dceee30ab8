import { join } from 'node:path';
import type { Bars } from '@quarry/engine/host';
import { SeriesFile } from '../datasets/index.js';
import type { SeriesFiles } from '../sandbox/sandbox.js';

/** Writes changed bars as a file that a child reads like any series of the column cache. They need not be ingested. */
export function alteredSeries(folder: string, name: string, original: SeriesFiles, bars: Bars): SeriesFiles {
  const { columns } = original;
  const path = join(folder, `${name}.f64`);
  const file = new SeriesFile(path, bars.length, columns.length);
  try {
    columns.forEach((column, index) => file.append(index, columnOf(bars, column)));
    file.finish();
    file.publish();
  } finally {
    file.discard();
  }
  const zone = { ...original.zone, from: [...bars.zone.from] };
  return { ...original, zone, file: path, first: 0, length: bars.length, rows: bars.length };
}

function columnOf(bars: Bars, name: string): Float64Array {
  switch (name) {
    case 'time':
    case 'knownAt':
    case 'open':
    case 'high':
    case 'low':
    case 'close':
    case 'volume':
      return bars[name];
    default:
      return bars.extra[name]!;
  }
}
