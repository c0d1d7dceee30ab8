import type { ParamSpec, ParamSpecs, ParamValue } from './params.js';
import type { Strategy } from './strategy.js';

/**
 * What a strategy's entry file exports as default, as the strategy that it must be.
 * @throws TypeError where `defineStrategy` did not make it
 */
export function requireStrategy(exported: unknown): Strategy {
  const candidate = exported as Partial<Strategy> | null | undefined;
  if (typeof candidate?.init === 'function' && typeof candidate.next === 'function' && candidate.params) {
    return candidate as Strategy;
  }
  throw new TypeError('The entry file must end in a strategy: export default defineStrategy({ name, next, … }).');
}

/** The parameters that a strategy declares, each under its name, made of plain values only. */
export function paramSpecsOf(strategy: Strategy): ParamSpecs {
  return Object.fromEntries(Object.entries(strategy.params).map(([name, spec]) => [name, { ...spec }]));
}

export type ResolvedParams =
  { readonly values: Readonly<Record<string, ParamValue>> } | { readonly errors: readonly string[] };

/** The values of a run: what was given where it fits what was declared, the defaults otherwise; or a sentence for each misfit. */
export function resolveParams(specs: ParamSpecs, given: Readonly<Record<string, ParamValue>>): ResolvedParams {
  const names = Object.keys(specs);
  const errors = Object.keys(given)
    .filter((name) => !Object.hasOwn(specs, name))
    .map((name) => `There is no parameter "${name}". The strategy declares: ${names.join(', ') || 'none'}.`);

  const values: Record<string, ParamValue> = {};
  for (const [name, spec] of Object.entries(specs)) {
    const value = Object.hasOwn(given, name) ? given[name]! : spec.default;
    const misfit = misfitOf(spec, value);
    if (misfit) errors.push(`Parameter "${name}" is ${JSON.stringify(value)}; ${misfit}.`);
    values[name] = value;
  }
  return errors.length > 0 ? { errors } : { values };
}

function misfitOf(spec: ParamSpec, value: ParamValue): string | null {
  switch (spec.type) {
    case 'bool':
      return typeof value === 'boolean' ? null : 'it must be true or false';
    case 'choice':
      return typeof value === 'string' && spec.options.includes(value)
        ? null
        : `it must be one of ${spec.options.join(', ')}`;
    case 'int':
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) return 'it must be a whole number';
      break;
    case 'float':
      if (typeof value !== 'number' || !Number.isFinite(value)) return 'it must be a number';
  }
  return value < spec.min || value > spec.max ? `it must be from ${spec.min} to ${spec.max}` : null;
}
