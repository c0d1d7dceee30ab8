import { UsageError } from '../usage-error.js';

/** A plain number as people type it: `100000`, `100_000`, `1e5`. */
export function numberFlag(flag: string, text: string, { min, max = Infinity }: { min: number; max?: number }): number {
  const value = /^[+-]?(\d[\d_]*\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text.replaceAll('_', '')) : NaN;
  if (!Number.isFinite(value)) throw new UsageError(`${flag} "${text}" is not a number. Write it like 100000 or 1e5.`);
  if (value < min || value > max) {
    const range = max === Infinity ? `${min} or more` : `from ${min} to ${max}`;
    throw new UsageError(`${flag} ${text} is out of range: it must be ${range}.`);
  }
  return value;
}

export function positiveFlag(flag: string, text: string, max: number): number {
  const value = numberFlag(flag, text, { min: -Infinity });
  if (value <= 0 || value > max) {
    throw new UsageError(`${flag} ${text} is out of range: it must be more than 0 and at most ${max}.`);
  }
  return value;
}

export function wholeFlag(flag: string, text: string, range: { min: number; max: number }): number {
  const value = numberFlag(flag, text, range);
  if (!Number.isInteger(value)) throw new UsageError(`${flag} ${text} is not a whole number.`);
  return value;
}

/** One of a few words. */
export function choiceFlag<T extends string>(flag: string, text: string, words: readonly T[]): T {
  const found = words.find((word) => word === text);
  if (found === undefined) throw new UsageError(`${flag} "${text}" is unknown. Choose ${orList(words)}.`);
  return found;
}

/** `a, b or c` */
export function orList(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
