import { UsageError } from '../usage-error.js';

const day = 86_400e6;
const units: Readonly<Record<string, number>> = { d: day, w: 7 * day, mo: 30.4375 * day, y: 365.25 * day };

/** `500` or `500bars`, or a length of time: `90d`, `26w`, `6mo`, `2y`. */
export function lengthFlag(flag: string, text: string): { readonly bars: number } | { readonly microseconds: number } {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*(d|w|mo|y|bars?)?$/.exec(text) ?? [];
  const isTime = unit !== '' && !unit.startsWith('bar');
  const value = Number(number);
  if (number === '' || !(value > 0) || (!isTime && !Number.isInteger(value))) {
    throw new UsageError(`${flag} "${text}" is no length. Write it like 500 (bars), 90d, 6mo or 2y.`);
  }
  return isTime ? { microseconds: value * units[unit]! } : { bars: value };
}
