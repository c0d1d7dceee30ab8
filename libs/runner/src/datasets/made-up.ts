import type { DatasetInfo, SeriesInfo } from '@quarry/contracts';
import { versionHash } from './series-hash.js';

const none = { rowsRefused: 0, duplicates: 0, outOfOrder: 0, gapCount: 0, ohlcViolations: 0, nonPositivePrices: 0 };

/** What there is to say of a series that was made, not read: nothing in it was refused. */
export function madeUp(name: string, series: SeriesInfo): DatasetInfo {
  const { rows } = series;
  return {
    schema: 'quarry.dataset/1',
    ...{ name, version: versionHash([series]), series: [series], stamp: 'open', timezone: 'UTC', calendar: '24/7' },
    ...{ source: 'made for a test', licence: '' },
    quality: {
      ...{ ...none, rowsRead: rows, rowsKept: rows, refused: [], gaps: [], zeroVolume: 0, outlierCount: 0 },
      ...{ outliers: [], notes: [] },
    },
  };
}
