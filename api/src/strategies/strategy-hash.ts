import { createHash } from 'node:crypto';
import { canonicalJson, type StrategySource } from '@quarry/contracts';

/** The name of a strategy version: SHA-256 over the canonical JSON of its source. */
export function strategyHash({ entry, files }: StrategySource): string {
  return createHash('sha256').update(canonicalJson({ entry, files })).digest('hex');
}
