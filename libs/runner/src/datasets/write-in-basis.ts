import { readFile } from 'node:fs/promises';
import type { SeriesInfo } from '@quarry/contracts';
import { inBasis, type PriceBasis } from '@quarry/engine/host';
import { DataRefused } from './data-refused.js';
import { SeriesFile } from './series-file.js';

/** Writes the columns of a decoded series anew, their prices `stored` so as `wanted`. Throws DataRefused where there is no way. */
export async function writeInBasis(
  { series, from, into }: { readonly series: SeriesInfo; readonly from: string; readonly into: string },
  stored: PriceBasis,
  wanted: PriceBasis,
): Promise<void> {
  const { rows, columns, symbol } = series;
  const { buffer, byteOffset } = await readFile(from);
  const values = new Float64Array(buffer.slice(byteOffset, byteOffset + rows * columns.length * 8));
  const given = columns.map((name, at) => [name, values.subarray(at * rows, (at + 1) * rows)] as const);
  const made = restated(Object.fromEntries(given), stored, wanted, symbol);
  const file = new SeriesFile(into, rows, columns.length);
  try {
    columns.forEach((name, at) => file.append(at, made[name]!));
    file.finish();
    file.publish();
  } finally {
    file.discard();
  }
}

function restated(columns: Record<string, Float64Array>, stored: PriceBasis, wanted: PriceBasis, symbol: string) {
  try {
    return inBasis(columns, stored, wanted);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new DataRefused(`The prices of ${symbol} cannot be made ${wanted}: ${error.message}.`);
  }
}
