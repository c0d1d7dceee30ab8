import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Failure } from '@quarry/contracts';
import type { ArtifactStore } from '@quarry/platform/artifacts';
import { DatasetVersionEntity, type Claim, type DatasetFile } from '@quarry/platform/database';
import { openDataset, type LocalDataset, type Runner } from '@quarry/runner';
import type { Attempt, Work } from './attempt.js';

type IngestWork = Extract<Claim['work'], { kind: 'ingest' }>;

/** Reads an uploaded file, or a dataset that Quarry brings, into a new version of the dataset. */
export function ingestWork(runner: Runner, artifacts: ArtifactStore): Work<'ingest'> {
  return async (attempt, work) => {
    const { claim, shelf } = attempt;
    const dataset = await readInput(runner, artifacts, attempt, work);
    if ('code' in dataset) return { failure: dataset, artifacts: [] };

    const files: DatasetFile[] = [];
    for (const name of new Set(dataset.info.series.map((series) => series.file))) {
      const path = join(dataset.directory, name);
      const { key, bytes } = await shelf.putFile({ name, path, contentType: 'application/vnd.apache.parquet' });
      files.push({ name, key, bytes });
    }
    const info = { ...dataset.info, name: work.options.name };
    const description = await shelf.putText('dataset.json', `${JSON.stringify(info, null, 2)}\n`, 'application/json');
    return {
      failure: null,
      artifacts: [description],
      record: async (scope) => {
        await scope
          .repository(DatasetVersionEntity)
          .insert({ teamId: claim.teamId, datasetId: work.datasetId, hash: info.version, info, files });
      },
    };
  };
}

async function readInput(
  runner: Runner,
  artifacts: ArtifactStore,
  { directory, hooks }: Attempt,
  { input, options }: IngestWork,
): Promise<LocalDataset | Failure> {
  if (input.from === 'builtin') return openDataset(input.name, join(directory, 'datasets'));

  const upload = await artifacts.read(input.key);
  if (!upload) {
    return {
      code: 'no-such-dataset',
      message: `The uploaded file ${input.fileName} is gone from the artifact store. Upload it again.`,
      position: null,
      diagnostics: [],
    };
  }
  const folder = join(directory, 'upload');
  await mkdir(folder);
  // What a person named is data, never a path.
  const file = join(folder, 'file');
  await pipeline(upload.body, createWriteStream(file));
  return runner.ingest(file, options, join(directory, 'ingested'), { ...hooks, fileName: input.fileName });
}
