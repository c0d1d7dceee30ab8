import {
  coordinateOf,
  isActive,
  isAllowed,
  type Params,
  type ParameterSpace,
  requireSpace,
  valueAt,
} from '../../search/space.js';
import type { Rng } from '../random-stream.js';

/**
 * Parameters near those given: each number moves along its axis by a normal of the given width, whole numbers and steps
 * kept, at most to the axis' ends; switches and choices stay. A result that lives on one exact value does not survive it.
 *
 * @param width deviation as a fraction of the axis, 0.05 say
 */
export function jitteredParams(space: ParameterSpace, params: Params, width: number, rng: Rng): Params {
  requireSpace(space);
  if (!(width >= 0)) throw new RangeError(`Parameters are to move by ${width} of their axes; 0 or more.`);
  for (let tries = 0; tries < 1000; tries++) {
    const moved = Object.fromEntries(
      space.dimensions
        .filter((dimension) => isActive(dimension, params))
        .map((dimension) => {
          const value = params[dimension.name];
          if (value === undefined) throw new RangeError(`The parameters have no ${dimension.name}.`);
          if (dimension.kind === 'bool' || dimension.kind === 'choice') return [dimension.name, value];
          const at = coordinateOf(dimension, value) + width * rng.normal();
          return [dimension.name, valueAt(dimension, Math.max(0, Math.min(1 - 1e-12, at)))];
        }),
    );
    if (isAllowed(space, moved)) return moved;
  }
  throw new RangeError('No parameters nearby meet the constraints. Move them less.');
}
