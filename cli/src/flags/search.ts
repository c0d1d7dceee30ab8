import type { SearchOptions, SearchRange } from '@quarry/contracts';
import { UsageError } from '../usage-error.js';
import { paramValue } from './params.js';

/** What `--param` says in a search: ranges to go through, and values that stay. */
export interface SearchedParams {
  readonly ranges: SearchOptions['ranges'];
  readonly fixed: Readonly<Record<string, number | boolean | string>>;
}

const number = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;
const withStep = new RegExp(`^(${number}):(${number})(?::(${number}))?(,log)?$`, 'i');
const dotted = new RegExp(`^(${number})\\.\\.(${number})(,log)?$`, 'i');

/** Collects repeated `--param`: `fast=5:50:5`, `slow=20..200`, `risk=0.001..0.1,log`, `mode=calm|wild`, `fast`, `fast=10`. */
export function rangeFlag(text: string, earlier: SearchedParams = { ranges: {}, fixed: {} }): SearchedParams {
  const at = text.indexOf('=');
  const name = (at < 0 ? text : text.slice(0, at)).trim();
  if (name === '' || name === '__proto__') {
    throw new UsageError(`--param "${text}" names no parameter. Write it like --param fast=5:50:5.`);
  }
  if (Object.hasOwn(earlier.ranges, name) || Object.hasOwn(earlier.fixed, name)) {
    throw new UsageError(`--param ${name} is given twice. Keep one.`);
  }
  const given = at < 0 ? null : text.slice(at + 1).trim();
  if (given === '') throw new UsageError(`--param "${text}" has no range. Write it like --param ${name}=5:50:5.`);
  const range = given === null ? ({ kind: 'declared' } as const) : rangeOf(name, given);
  if (range) return { ...earlier, ranges: { ...earlier.ranges, [name]: range } };
  return { ...earlier, fixed: { ...earlier.fixed, [name]: paramValue(given!) } };
}

/** Null for a single value. */
function rangeOf(name: string, text: string): SearchRange | null {
  if (text.includes('|')) {
    const values = text.split('|').map((value) => value.trim());
    if (values.includes('')) throw new UsageError(`--param ${name}=${text} has an empty value between the bars.`);
    return { kind: 'values', values: values.map(paramValue) };
  }
  const [, from, to, step, log] = withStep.exec(text) ?? [];
  const [, dottedFrom, dottedTo, dottedLog] = dotted.exec(text) ?? [];
  const min = from ?? dottedFrom;
  const max = to ?? dottedTo;
  if (min === undefined || max === undefined) {
    if (/\d\s*(\.\.|:)/.test(text)) {
      throw new UsageError(`--param ${name}=${text} is no range. Write it like ${name}=5:50:5 or ${name}=5..50.`);
    }
    return null;
  }
  if (step !== undefined && !(Number(step) > 0)) {
    throw new UsageError(`--param ${name}=${text} has a step of ${step}. It must be above 0.`);
  }
  return {
    kind: 'range',
    min: Number(min),
    max: Number(max),
    step: step === undefined ? null : Number(step),
    scale: (log ?? dottedLog) === undefined ? 'linear' : 'log',
  };
}

/** Collects repeated texts. */
export function listFlag(text: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, text];
}

/** Collects repeated `--when 'trail: mode=calm|wild'`. */
export function whenFlag(text: string, earlier: SearchOptions['conditions'] = {}): SearchOptions['conditions'] {
  const [, name, other, values] = /^\s*([\w$]+)\s*:\s*([\w$]+)\s*=\s*(.+?)\s*$/.exec(text) ?? [];
  if (name === undefined || other === undefined || values === undefined) {
    throw new UsageError(`--when "${text}" is no condition. Write it like --when 'trail: mode=calm|wild'.`);
  }
  return { ...earlier, [name]: { name: other, isOneOf: values.split('|').map((value) => paramValue(value.trim())) } };
}
