import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | null = null;

/**
 * Has V8 collect now. DuckDB's chunks are native memory behind small objects, which V8 sees no reason to collect: left alone, a scan keeps
 * every chunk it has passed.
 */
export function collectGarbage(): void {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}
