import { UsageError } from '../usage-error.js';
import { fractionOf } from './amounts.js';

/** A share of a whole: `10%` or `0.1`. */
export function shareFlag(flag: string, text: string): number {
  const share = fractionOf(text);
  if (share >= 0 && share <= 1) return share;
  throw new UsageError(`${flag} "${text}" is no share. Write it like 10% or 0.1.`);
}
