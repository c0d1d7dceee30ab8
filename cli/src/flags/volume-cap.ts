import { UsageError } from '../usage-error.js';

/** The most of a bar's volume that fills may take: `10%`, `0.1`, or `none`. */
export function volumeCapFlag(text: string): number | null {
  if (text === 'none') return null;
  const [, digits = '', percent] = /^(\d+\.?\d*|\.\d+)(%?)$/.exec(text) ?? [];
  const share = digits === '' ? NaN : Number(digits) / (percent ? 100 : 1);
  if (share > 0 && share <= 1) return share;
  throw new UsageError(`--volume-cap "${text}" is no share of a bar's volume. Write it like 10%, 0.1 or none.`);
}
