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
  const stored: StoredArtifact[] = [];
  for (const file of await outcome.writeArtifacts(folder)) stored.push(await shelf.putFile(file));
  return stored;
}
