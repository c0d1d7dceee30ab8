import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { DatasetInfo } from '@quarry/contracts';
import type { Description } from './builtin.js';
import { ingestHere } from './ingest/ingest.js';

const require = createRequire(import.meta.url);

/** Makes the `sp500` dataset from the daily bars that the npm package vega-datasets carries, as any other file is ingested. */
export function makeSp500(work: string, description: Description): Promise<DatasetInfo> {
  const { name, symbol, interval, timezone, stamp, source, licence } = description;
  return ingestHere(sp500Csv(), { name, symbol, interval, timezone, stamp, source, licence }, work);
}

function sp500Csv(): string {
  return join(require.resolve('vega-datasets'), '..', '..', 'data', 'sp500-2000.csv');
}
