import { SourceMap, type SourceMapPayload } from 'node:module';
import type { SourcePosition } from '@quarry/contracts';

/** Places in a strategy's script, told in the user's own files. */
export class Positions {
  readonly #text: string;
  #map: SourceMap | null = null;

  /** The map is read when a place is first asked for: most runs have none to tell. */
  constructor(map: string) {
    this.#text = map;
  }

  /** The user's file, line and column of a place in the script; null where it is none of the user's. */
  at(line: number, column: number): SourcePosition | null {
    if (!(line >= 1 && column >= 1)) return null;
    this.#map ??= new SourceMap(JSON.parse(this.#text) as SourceMapPayload);
    const entry = this.#map.findEntry(line - 1, column - 1);
    if (!('originalSource' in entry) || !entry.originalSource.startsWith('strategy:')) return null;
    const file = entry.originalSource.slice('strategy:'.length);
    return { file, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  }
}
