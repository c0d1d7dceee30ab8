import { createHash } from 'node:crypto';
import type { StoredPrices } from '@quarry/contracts';

const canonicalNaN = new Uint8Array([0, 0, 0, 0, 0, 0, 0xf8, 0x7f]);
const blockRows = 65_536;

/** SHA-256 over a column's little-endian float64 bytes, every NaN written alike. */
export function columnHash(values: Float64Array): string {
  const hash = createHash('sha256');
  for (let at = 0; at < values.length; at += blockRows)
    hash.update(canonicalBytes(values.subarray(at, at + blockRows)));
  return hash.digest('hex');
}

/** The little-endian float64 bytes of a column with one canonical NaN; a copy only where one is needed. */
export function canonicalBytes(values: Float64Array): Uint8Array {
  let bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let copied = false;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value === value) continue;
    if (!copied) bytes = bytes.slice();
    copied = true;
    bytes.set(canonicalNaN, i * 8);
  }
  return bytes;
}

/**
 * What names a series' content: its schema (columns in their order), its row count and each column's bytes, these by their own hash,
 * so that a reader of a few columns can check them. Never the Parquet bytes, which change with the writer.
 */
export function seriesHash(rows: number, columns: readonly { readonly name: string; readonly hash: string }[]): string {
  const text = JSON.stringify(['quarry.series/1', rows, columns.map((column) => [column.name, column.hash])]);
  return createHash('sha256').update(text).digest('hex');
}

/** What names a dataset version: its series, whatever their order in the file, and what their prices are where that is known. */
export function versionHash(
  series: readonly { readonly symbol: string; readonly interval: string; readonly hash: string }[],
  prices?: StoredPrices,
): string {
  const lines = series.map(({ symbol, interval, hash }) => JSON.stringify([hash, symbol, interval])).sort();
  return createHash('sha256')
    .update(JSON.stringify(['quarry.dataset/1', lines, ...(prices ? [prices] : [])]))
    .digest('hex');
}
