import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { DatasetInfo } from '@quarry/contracts';
import type { Description } from './builtin.js';
import { ingestHere } from './ingest/ingest.js';

/** Makes the `sp500` dataset from the daily bars that the npm package vega-datasets carries, as any other file is ingested. */
export function makeSp500(work: string, description: Description): Promise<DatasetInfo> {
  const { name, symbol, interval, timezone, stamp, source, licence } = description;
  return ingestHere(sp500Csv(), { name, symbol, interval, timezone, stamp, source, licence }, work);
}

function sp500Csv(): string {
  const entry = createRequire(import.meta.url).resolve('vega-datasets');
  return join(entry, '..', '..', 'data', 'sp500-2000.csv');
}
