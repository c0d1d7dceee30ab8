import { SourceMap, type SourceMapPayload } from 'node:module';
import type { SourcePosition } from '@quarry/contracts';
import type { Script } from './bundle.js';
import type { Insertion } from './mark-code.js';

/** Places in a strategy's script, told in the user's own files. */
export class Positions {
  readonly #script: Pick<Script, 'map' | 'marks'>;
  #map: SourceMap | null = null;

  /** The map is read when a place is first asked for: most runs have none to tell. */
  constructor(script: Pick<Script, 'map' | 'marks'>) {
    this.#script = script;
  }

  /** The user's file, line and column of a place in the script; null where it is none of the user's. */
  at(line: number, column: number): SourcePosition | null {
    if (!(line >= 1 && column >= 1)) return null;
    this.#map ??= new SourceMap(JSON.parse(this.#script.map) as SourceMapPayload);
    const entry = this.#map.findEntry(line - 1, column - 1);
    if (!('originalSource' in entry) || !entry.originalSource.startsWith('strategy:')) return null;
    const file = entry.originalSource.slice('strategy:'.length);
    const place = { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
    return { file, line: place.line, column: columnBefore(place, this.#script.marks?.insertions[file] ?? []) };
  }
}

/** The column that a place had before text was put into its line. */
function columnBefore(place: { line: number; column: number }, insertions: readonly Insertion[]): number {
  let shift = 0;
  for (const { line, column, length } of insertions) {
    if (line !== place.line) continue;
    if (place.column < column + shift + length) return Math.min(place.column - shift, column);
    shift += length;
  }
  return place.column - shift;
}
