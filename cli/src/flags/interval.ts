import { Interval } from '@quarry/contracts';
import { UsageError } from '../usage-error.js';

/** A bar length: `1m`, `1h`, `1d`. */
export function intervalFlag(text: string): string {
  if (Interval.safeParse(text).success) return text;
  throw new UsageError(`--interval "${text}" is no bar length. Write it like 1m, 15m, 1h, 1d or 1w.`);
}
