import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactFile } from '../runner.js';

const contentTypes: Readonly<Record<string, string>> = {
  json: 'application/json',
  html: 'text/html; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
};

/** Writes texts under their names; null for a file that is there already. */
export async function written(
  directory: string,
  texts: Readonly<Record<string, string | null>>,
): Promise<ArtifactFile[]> {
  return Promise.all(
    Object.entries(texts).map(async ([name, text]) => {
      const path = join(directory, name);
      if (text !== null) await writeFile(path, text);
      return { name, path, bytes: (await stat(path)).size, contentType: contentTypes[name.split('.').at(-1)!]! };
    }),
  );
}
