import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredArtifact } from '@quarry/platform/database';
import type { LocalFile } from '../attempt/artifact-shelf.js';
import type { Attempt } from './attempt.js';

/** Writes what came of a run into the attempt's folder, and puts each file into the artifact store. */
export async function shelved(
  outcome: { writeArtifacts(directory: string): Promise<readonly LocalFile[]> },
  { shelf, directory }: Pick<Attempt, 'shelf' | 'directory'>,
): Promise<StoredArtifact[]> {
  const folder = join(directory, 'artifacts');
  await mkdir(folder);
  const files = await outcome.writeArtifacts(folder);
  const puts = await Promise.allSettled(files.map((file) => shelf.putFile(file)));
  // None is under way any more when one has failed: all that was put can be taken back.
  return puts.map((put) => {
    if (put.status === 'rejected') throw put.reason;
    return put.value;
  });
}
