import type { SeriesFiles } from './sandbox.js';

/**
 * A tape grows with the bars: so many bytes for each of the longest series, fewer for each of the others, which mostly
 * move with it; and for a short run at least so many in all.
 */
const tapeBytesPerBar = 256;
const tapeBytesPerFurtherBar = 16;
const leastTapeBytes = 8_000_000;

/** How many bytes of tape a run over these series may yield. */
export function tapeBytesOf(series: readonly SeriesFiles[]): number {
  const longest = series.reduce((most, { length }) => Math.max(most, length), 0);
  const all = series.reduce((sum, { length }) => sum + length, 0);
  return Math.max(leastTapeBytes, longest * tapeBytesPerBar + (all - longest) * tapeBytesPerFurtherBar);
}
