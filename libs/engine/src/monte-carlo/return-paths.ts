import type { PathMaker, PathModel } from './path-model.js';
import { RandomStream } from './random-stream.js';
import { type BlockScheme, ResamplingBlocks } from './resampling-blocks.js';
import { growthOf } from './trade-paths.js';

/**
 * As many returns as there were, in blocks drawn from them, so that what follows from what stays.
 *
 * @param returns of the account per period, in order of time
 */
export function returnBootstrap<K extends BlockScheme['kind']>(
  returns: Float64Array,
  scheme: BlockScheme & { readonly kind: K },
): PathModel<K extends 'moving' ? 'moving-block-bootstrap' : 'stationary-bootstrap'>;
export function returnBootstrap(
  returns: Float64Array,
  scheme: BlockScheme,
): PathModel<'moving-block-bootstrap' | 'stationary-bootstrap'> {
  const growth = growthOf(returns);
  const start = (): PathMaker => {
    const blocks = new ResamplingBlocks(scheme, growth.length);
    const rows = new Int32Array(growth.length);
    const stream = new RandomStream(0, 0);
    return (runSeed, index, path) => {
      blocks.draw(stream.startAt(runSeed, index));
      blocks.writeRows(rows);
      let level = 1;
      for (let t = 0; t < rows.length; t++) path[t] = level *= growth[rows[t]!]!;
    };
  };
  // Says at once what is wrong with the scheme.
  start();
  return {
    method: scheme.kind === 'moving' ? 'moving-block-bootstrap' : 'stationary-bootstrap',
    steps: growth.length,
    scale: 'level',
    start,
  };
}
