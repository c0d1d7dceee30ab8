import type { ByteRange } from './artifact-store.js';

/** The part of the range that lies within so many bytes; null where nothing does. */
export function within(range: ByteRange, totalBytes: number): ByteRange | null {
  if (!Number.isInteger(range.start) || !Number.isInteger(range.end) || range.start < 0 || range.end < range.start) {
    throw new RangeError(`Bytes ${range.start} to ${range.end} are no range.`);
  }
  if (range.start >= totalBytes) return null;
  return { start: range.start, end: Math.min(range.end, totalBytes - 1) };
}
