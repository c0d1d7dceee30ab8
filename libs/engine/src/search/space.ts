import type { ParamValue } from '../params.js';

/** Values of one trial by the names of their dimensions; a dimension whose condition does not hold has none. */
export type Params = Readonly<Record<string, ParamValue>>;

/** One axis of a search. Bounds are inclusive. A logarithmic axis needs a minimum above 0. */
export type Dimension = { readonly name: string; readonly when?: Condition } & (
  | { readonly kind: 'int'; readonly min: number; readonly max: number; readonly step?: number; readonly scale?: Scale }
  | {
      readonly kind: 'float';
      readonly min: number;
      readonly max: number;
      readonly step?: number | null;
      readonly scale?: Scale;
    }
  | { readonly kind: 'bool' }
  | { readonly kind: 'choice'; readonly options: readonly ParamValue[] }
);

type Scale = 'linear' | 'log';

/** The axis is there only while an earlier one has one of these values. */
export interface Condition {
  readonly name: string;
  readonly isOneOf: readonly ParamValue[];
}

/** What a search goes through. Each constraint must hold for a trial to be tried: `({ fast, slow }) => fast < slow`. */
export interface ParameterSpace {
  readonly dimensions: readonly Dimension[];
  readonly constraints?: readonly ((params: Params) => boolean)[];
}

/** @throws RangeError that names the dimension which cannot be searched */
export function requireSpace({ dimensions }: ParameterSpace): void {
  const names = new Set<string>();
  for (const dimension of dimensions) {
    const { name, when } = dimension;
    if (names.has(name)) throw new RangeError(`Two dimensions are called ${name}.`);
    if (when && !names.has(when.name)) {
      throw new RangeError(`${name} depends on ${when.name}, which does not come before it.`);
    }
    names.add(name);
    if (dimension.kind === 'choice' && dimension.options.length === 0) throw new RangeError(`${name} has no options.`);
    if (dimension.kind !== 'int' && dimension.kind !== 'float') continue;
    const { min, max, scale, step } = dimension;
    if (!(Number.isFinite(max - min) && min <= max)) throw new RangeError(`${name} goes from ${min} to ${max}.`);
    if (scale === 'log' && min <= 0)
      throw new RangeError(`${name} is logarithmic and goes from ${min}; start above 0.`);
    if (step !== undefined && step !== null && !(step > 0)) throw new RangeError(`${name} has a step of ${step}.`);
  }
  if (names.size === 0) throw new RangeError('The space has no dimensions.');
}

export function isActive(dimension: Dimension, params: Params): boolean {
  const { when } = dimension;
  return !when || when.isOneOf.some((value) => value === params[when.name]);
}

export function isAllowed({ constraints = [] }: ParameterSpace, params: Params): boolean {
  return constraints.every((holds) => holds(params));
}

/** The trial at a point of the unit cube, a coordinate in [0, 1) for each dimension. */
export function decode({ dimensions }: ParameterSpace, point: ArrayLike<number>): Params {
  const params: Record<string, ParamValue> = {};
  dimensions.forEach((dimension, d) => {
    if (isActive(dimension, params)) params[dimension.name] = valueAt(dimension, point[d]!);
  });
  return params;
}

/** How many values an axis has; Infinity where it is continuous. */
export function levelsOf(dimension: Dimension): number {
  if (dimension.kind === 'bool') return 2;
  if (dimension.kind === 'choice') return dimension.options.length;
  const step = stepOf(dimension);
  // 0.3 / 0.1 is a bit under 3.
  return step === null ? Infinity : Math.floor((dimension.max - dimension.min) / step + 1e-9) + 1;
}

export function valueAt(dimension: Dimension, at: number): ParamValue {
  if (dimension.kind === 'bool') return at >= 0.5;
  if (dimension.kind === 'choice')
    return dimension.options[Math.min(levelsOf(dimension) - 1, Math.floor(at * levelsOf(dimension)))]!;
  const { min, max, scale } = dimension;
  const step = stepOf(dimension);
  if (step === null) return scale === 'log' ? min * (max / min) ** at : min + at * (max - min);
  const levels = levelsOf(dimension);
  if (scale !== 'log') return min + step * Math.min(levels - 1, Math.floor(at * levels));
  const level = Math.round((min * (max / min) ** at - min) / step);
  return min + step * Math.max(0, Math.min(levels - 1, level));
}

/** Where a value lies on its axis, in [0, 1]: the middle of those coordinates that give it. */
export function coordinateOf(dimension: Dimension, value: ParamValue): number {
  if (dimension.kind === 'bool') return value === true ? 0.75 : 0.25;
  if (dimension.kind === 'choice') {
    return (dimension.options.findIndex((option) => option === value) + 0.5) / levelsOf(dimension);
  }
  const { min, max, scale } = dimension;
  if (min === max) return 0.5;
  const step = stepOf(dimension);
  const number = Number(value);
  if (scale === 'log') return Math.log(number / min) / Math.log(max / min);
  if (step === null) return (number - min) / (max - min);
  return (Math.round((number - min) / step) + 0.5) / levelsOf(dimension);
}

function stepOf(dimension: Dimension & { kind: 'int' | 'float' }): number | null {
  return dimension.step ?? (dimension.kind === 'int' ? 1 : null);
}
