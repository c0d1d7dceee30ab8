import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import process from 'node:process';

const built = new URL('../dist/parts.sha256', import.meta.url);

/**
 * Names everything that the results of a part of a run hang on beside the run itself: the engine, the code of searches,
 * simulations and proofs around it, and the Node that computes. What two of them found is not folded.
 */
export function partsHash(engineHash: string): string {
  return createHash('sha256')
    .update(`${engineHash} ${readFileSync(built, 'utf8')} ${process.version}`)
    .digest('hex');
}
