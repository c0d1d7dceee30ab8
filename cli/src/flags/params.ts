import type { ParamValues } from '@quarry/contracts';
import { UsageError } from '../usage-error.js';

/** Collects repeated `--param name=value`. Numbers and booleans are read as such, all else is text. */
export function paramFlag(text: string, earlier: ParamValues = {}): ParamValues {
  const at = text.indexOf('=');
  const name = text.slice(0, at).trim();
  if (at < 1 || name === '') throw new UsageError(`--param "${text}" has no value. Write it like --param fast=10.`);
  if (name === '__proto__') throw new UsageError('There is no parameter "__proto__", and there can be none.');
  if (Object.hasOwn(earlier, name)) throw new UsageError(`--param ${name} is given twice. Keep one.`);
  return { ...earlier, [name]: paramValue(text.slice(at + 1).trim()) };
}

/** A parameter as it is written: numbers and booleans are read as such, all else is text. */
export function paramValue(text: string): number | boolean | string {
  if (text === 'true') return true;
  if (text === 'false') return false;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
}
