import { basename } from 'node:path';
import type { DatasetInfo, IngestOptions } from '@quarry/contracts';
import { writeDatasetFiles } from '../store.js';
import { datasetContent } from './dataset-content.js';
import { readRows } from './read-rows.js';
import { writeFindings } from './write-findings.js';

/**
 * Reads a file into a new dataset folder, in this process. For a file that a user brings, `ingestFile` does it in a process of its own.
 * Throws DataRefused.
 */
export async function ingestHere(
  file: string,
  options: IngestOptions,
  work: string,
  onProgress: (phase: string, done: number) => void = () => undefined,
  fileName: string = basename(file),
): Promise<DatasetInfo> {
  const table = await readRows(file, options, fileName, (done) => onProgress('read', done));
  onProgress('check', 0);
  const content = datasetContent(table, options, fileName);
  onProgress('store', 0);
  const info = await writeDatasetFiles(work, content);
  await writeFindings(work, table);
  return info;
}
