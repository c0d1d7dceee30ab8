import type { ParamSpec, ParamSpecs, ParamValues, SearchOptions, SearchRange } from '@quarry/contracts';
import { resolveParams, type Dimension, type ParameterSpace } from '@quarry/engine/host';
import { constraintOf } from './constraint.js';

/** A search's space, and what every trial has alike. */
export interface SearchedSpace {
  readonly space: ParameterSpace;
  readonly fixed: ParamValues;
}

/**
 * What is searched of a strategy's parameters: the named ranges, or, where none is named, every parameter whose
 * declaration has bounds. The others stay as given, or as declared.
 * @throws RangeError in a sentence where a range does not fit its declaration, or there is nothing to search
 */
export function spaceOf(
  specs: ParamSpecs,
  { ranges, constraints, conditions }: Pick<SearchOptions, 'ranges' | 'constraints' | 'conditions'>,
  given: ParamValues,
): SearchedSpace {
  const named = Object.keys(ranges);
  const names = Object.keys(specs);
  for (const name of [...named, ...Object.keys(conditions)]) {
    if (!Object.hasOwn(specs, name)) {
      throw new RangeError(`There is no parameter "${name}". The strategy declares: ${names.join(', ') || 'none'}.`);
    }
  }
  const searched =
    named.length > 0
      ? names.filter((name) => Object.hasOwn(ranges, name))
      : names.filter((name) => !Object.hasOwn(given, name) && isBounded(specs[name]!));
  if (searched.length === 0) {
    throw new RangeError(
      names.length === 0
        ? 'The strategy declares no parameters, so there is nothing to search. Declare some: params: { fast: int(10, { min: 2, max: 50 }) }.'
        : `No parameter has bounds in its declaration. Name what to search, like --param ${names[0]}=5:50:5.`,
    );
  }
  for (const [name, condition] of Object.entries(conditions)) requireCondition(name, condition, searched, specs);
  const resolved = resolveParams(specs, given);
  if ('errors' in resolved) throw new RangeError(resolved.errors.join(' '));
  const fixed = Object.fromEntries(Object.entries(resolved.values).filter(([name]) => !searched.includes(name)));
  const dimensions = inOrder(
    searched.map((name): Dimension => {
      const axis = dimensionOf(name, specs[name]!, ranges[name] ?? { kind: 'declared' });
      const when = conditions[name];
      return when ? { ...axis, when } : axis;
    }),
  );
  return { space: { dimensions, constraints: constraints.map((text) => constraintOf(text, names)) }, fixed };
}

function isBounded(spec: ParamSpec): boolean {
  if (spec.type === 'bool' || spec.type === 'choice') return true;
  return Math.abs(spec.min) < Number.MAX_SAFE_INTEGER && Math.abs(spec.max) < Number.MAX_SAFE_INTEGER;
}

function requireCondition(
  name: string,
  { name: on, isOneOf }: SearchOptions['conditions'][string],
  searched: readonly string[],
  specs: ParamSpecs,
): void {
  const spec = specs[on];
  if (!spec) {
    throw new RangeError(
      `"${name}" hangs on "${on}", which is no parameter. The strategy declares: ${Object.keys(specs).join(', ')}.`,
    );
  }
  const missing = [name, on].find((one) => !searched.includes(one));
  if (missing !== undefined) {
    throw new RangeError(
      `"${name}" hangs on "${on}", and "${missing}" is not searched. Search it too, with --param ${missing}, or leave the condition out.`,
    );
  }
  for (const value of isOneOf) {
    const resolved = resolveParams({ [on]: spec }, { [on]: value });
    if ('errors' in resolved) throw new RangeError(`"${name}" hangs on a value that cannot be. ${resolved.errors[0]}`);
  }
}

/** An axis comes after the one that its condition names. */
function inOrder(dimensions: readonly Dimension[]): Dimension[] {
  const ordered: Dimension[] = [];
  let left = dimensions;
  while (left.length > 0) {
    const next = left.filter(({ when }) => !when || ordered.some(({ name }) => name === when.name));
    if (next.length === 0) {
      throw new RangeError(`The conditions of ${left.map(({ name }) => name).join(' and ')} hang on each other.`);
    }
    ordered.push(...next);
    left = left.filter((one) => !next.includes(one));
  }
  return ordered;
}

function dimensionOf(name: string, spec: ParamSpec, range: SearchRange): Dimension {
  if (range.kind === 'values') {
    const resolved = range.values.map((value) => resolveParams({ [name]: spec }, { [name]: value }));
    const errors = resolved.flatMap((one) => ('errors' in one ? one.errors : []));
    if (errors.length > 0) throw new RangeError(errors[0]);
    return { name, kind: 'choice', options: range.values };
  }
  if (spec.type === 'bool' || spec.type === 'choice') {
    if (range.kind === 'range') {
      throw new RangeError(
        `Parameter "${name}" is no number. Write its values like --param ${name}=${valuesOf(spec)}.`,
      );
    }
    return spec.type === 'bool' ? { name, kind: 'bool' } : { name, kind: 'choice', options: spec.options };
  }
  if (range.kind === 'declared') {
    if (!isBounded(spec)) {
      throw new RangeError(`Parameter "${name}" declares no bounds. Write its range like --param ${name}=5:50:5.`);
    }
    return { name, kind: spec.type, min: spec.min, max: spec.max, ...stepOf(spec, null) };
  }
  const { min, max, step, scale } = range;
  if (min > max) throw new RangeError(`Parameter "${name}" is to go from ${min} to ${max}. Swap them.`);
  if (min < spec.min || max > spec.max) {
    throw new RangeError(
      `Parameter "${name}" is to go from ${min} to ${max}; the strategy declares ${spec.min} to ${spec.max}.`,
    );
  }
  if (scale === 'log' && min <= 0) {
    throw new RangeError(`Parameter "${name}" is to go from ${min} on a logarithmic scale. Start above 0.`);
  }
  if (spec.type === 'int' && ![min, max, step ?? 1].every(Number.isInteger)) {
    throw new RangeError(`Parameter "${name}" is a whole number, so its range needs whole ends and steps.`);
  }
  return { name, kind: spec.type, min, max, scale, ...stepOf(spec, step) };
}

function stepOf(spec: ParamSpec & { type: 'int' | 'float' }, step: number | null): { step?: number } {
  const used = step ?? spec.step;
  return used === null ? {} : { step: used };
}

function valuesOf(spec: ParamSpec & { type: 'bool' | 'choice' }): string {
  return spec.type === 'bool' ? 'true|false' : spec.options.join('|');
}
