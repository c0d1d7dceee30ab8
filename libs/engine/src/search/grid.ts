import { isActive, isAllowed, levelsOf, type Params, type ParameterSpace, requireSpace, valueAt } from './space.js';

const mostTrials = 1_000_000;

/**
 * Every combination of values that the constraints allow, the last dimension moving fastest. Axes that a condition
 * takes out do not multiply the rest.
 *
 * @param continuousLevels how many values, ends included, stand for a continuous axis
 */
export function gridTrials(space: ParameterSpace, continuousLevels = 10): Params[] {
  requireSpace(space);
  const trials: Params[] = [];
  const walk = (d: number, params: Params): void => {
    const dimension = space.dimensions[d];
    if (!dimension) {
      if (isAllowed(space, params)) trials.push(params);
      if (trials.length > mostTrials) {
        throw new RangeError(`The grid has more than ${mostTrials} trials. Take fewer levels, or search at random.`);
      }
      return;
    }
    if (!isActive(dimension, params)) return walk(d + 1, params);
    const levels = levelsOf(dimension);
    const count = Number.isFinite(levels) ? levels : continuousLevels;
    const seen = new Set<unknown>();
    for (let i = 0; i < count; i++) {
      const isLogarithmic = 'scale' in dimension && dimension.scale === 'log';
      const isSpread = !Number.isFinite(levels) && count > 1;
      // A stepped axis has all its steps, also where its scale is logarithmic.
      const value =
        isLogarithmic && !isSpread
          ? valueAt({ ...dimension, scale: 'linear' }, (i + 0.5) / count)
          : valueAt(dimension, isSpread ? i / (count - 1) : (i + 0.5) / count);
      if (seen.has(value)) continue;
      seen.add(value);
      walk(d + 1, { ...params, [dimension.name]: value });
    }
  };
  walk(0, {});
  return trials;
}
