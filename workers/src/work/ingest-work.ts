import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Failure } from '@quarry/contracts';
import type { ArtifactStore } from '@quarry/platform/artifacts';
import {
  acceptVersion,
  proposeVersion,
  type Claim,
  type DatasetFile,
  type StoredArtifact,
} from '@quarry/platform/database';
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
    const findings = work.input.from === 'upload' ? await putFindings(attempt, dataset) : [];
    const description = await shelf.putText('dataset.json', `${JSON.stringify(info, null, 2)}\n`, 'application/json');
    return {
      failure: null,
      artifacts: [description, ...findings],
      record: async (scope) => {
        const { datasetId, input, options, accept } = work;
        const [run] = await scope.rows<{ created_by: string | null }>('SELECT created_by FROM run WHERE id = $1', [
          claim.runId,
        ]);
        const from = input.from === 'builtin' ? input.name : input.fileName;
        const origin = { runId: claim.runId, from, options, createdBy: run?.created_by ?? null };
        await proposeVersion(scope, { datasetId, info, files, origin });
        if (accept !== false) await acceptVersion(scope, datasetId, info.version);
      },
    };
  };
}

/** How the file was read, and which rows were refused. */
async function putFindings({ shelf }: Attempt, { directory, info }: LocalDataset): Promise<StoredArtifact[]> {
  const put = (name: string, contentType: string) => shelf.putFile({ name, path: join(directory, name), contentType });
  const reading = await put('reading.json', 'application/json');
  return info.quality.rowsRefused === 0 ? [reading] : [reading, await put('refused.csv', 'text/csv; charset=utf-8')];
}

async function readInput(
  runner: Runner,
  artifacts: ArtifactStore,
  { directory, hooks }: Attempt,
  { input, options }: IngestWork,
): Promise<LocalDataset | Failure> {
  if (input.from === 'builtin') return openDataset(input.name, join(directory, 'datasets'));

  const folder = join(directory, 'upload');
  await mkdir(folder);
  // What a person named is data, never a path.
  const file = join(folder, 'file');
  for (const key of input.keys) {
    const piece = await artifacts.read(key);
    if (!piece) return fileGone(input.fileName);
    await pipeline(piece.body, createWriteStream(file, { flags: 'a' }));
  }
  return runner.ingest(file, options, join(directory, 'ingested'), { ...hooks, fileName: input.fileName });
}

function fileGone(fileName: string): Failure {
  return {
    code: 'no-such-dataset',
    message: `The uploaded file ${fileName} is gone from the artifact store. Upload it again.`,
    position: null,
    diagnostics: [],
  };
}
