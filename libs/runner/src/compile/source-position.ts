import { SourceMap, type SourceMapPayload } from 'node:module';
import type { SourcePosition } from '@quarry/contracts';

/** Places in a strategy's script, told in the user's own files. */
export class Positions {
  readonly #map: SourceMap;

  constructor(map: string) {
    this.#map = new SourceMap(JSON.parse(map) as SourceMapPayload);
  }

  /** The user's file, line and column of a place in the script; null where it is none of the user's. */
  at(line: number, column: number): SourcePosition | null {
    if (!(line >= 1 && column >= 1)) return null;
    const entry = this.#map.findEntry(line - 1, column - 1);
    if (!('originalSource' in entry) || !entry.originalSource.startsWith('strategy:')) return null;
    const file = entry.originalSource.slice('strategy:'.length);
    return { file, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  }
}
