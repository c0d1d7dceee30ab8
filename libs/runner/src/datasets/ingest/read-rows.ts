import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { IngestOptions } from '@quarry/contracts';
import { readArrowRows } from './arrow-rows.js';
import { readCsvRows } from './csv-rows.js';
import { fileKind } from './file-kind.js';
import { readParquetRows } from './parquet-rows.js';
import type { RowTable } from './row-table.js';
import { packedText, plainText, zipText } from './text-source.js';

/** Reads any file that Quarry takes. `fileName` is the name that a person knows it by, where it lies under another. */
export async function readRows(
  path: string,
  options: IngestOptions,
  fileName: string = basename(path),
  onProgress: (done: number) => void = () => undefined,
): Promise<RowTable> {
  const kind = await fileKind(path, fileName);
  const { size } = await stat(path);
  if (kind === 'parquet') return readParquetRows(path, options, fileName);
  if (kind === 'arrow') return readArrowRows(path, options, fileName);
  const source =
    kind === 'gzip' || kind === 'zstd'
      ? packedText(path, fileName, size, kind)
      : kind === 'zip'
        ? await zipText(path, fileName, size)
        : plainText(path, fileName);
  // Tables pack about five times; the bar only needs to move.
  const expected = kind === 'text' ? size : size * 5;
  let read = 0;
  return readCsvRows(source, options, (bytes) => {
    read += bytes;
    onProgress(Math.min(0.99, read / expected));
  });
}
