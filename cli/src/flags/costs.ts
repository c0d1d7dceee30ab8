import type { BacktestSettings } from '@quarry/contracts';
import { UsageError } from '../usage-error.js';

const amountPattern = String.raw`(\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;

/** `2bp`, `0.1%` or `0.002`, as a fraction of the traded value; null where the text is no rate. */
function rateOf(flag: string, text: string): number | null {
  const match = new RegExp(`^(${amountPattern})\\s*(bp|bps|%)?$`, 'i').exec(text);
  if (match === null) return null;
  const value = Number(match[1]);
  const unit = match[3]?.toLowerCase();
  const rate = unit === '%' ? value / 100 : unit === undefined ? value : value / 10_000;
  if (unit !== undefined && rate >= 1) {
    throw new UsageError(`${flag} ${text} is out of range: it must be less than 100 % of the price.`);
  }
  if (unit === undefined && rate > 0.1) {
    throw new UsageError(
      `${flag} ${text} would be ${Number((rate * 100).toPrecision(6))} % of the price. Write 2bp, 0.1% or 0.001 for a rate` +
        (flag === '--commission' ? `, ${text}/order for an amount.` : '.'),
    );
  }
  return rate;
}

/** `none`, a rate, `1.5/order`, or `0.005/unit` with an optional `,min=1`. */
export function commissionFlag(text: string): BacktestSettings['commission'] {
  if (text === 'none') return { kind: 'none' };
  const perOrder = new RegExp(`^(${amountPattern})/order$`).exec(text);
  if (perOrder) return { kind: 'per-order', amount: Number(perOrder[1]) };
  const perUnit = new RegExp(`^(${amountPattern})/(?:unit|share)(?:,\\s*min=(${amountPattern}))?$`).exec(text);
  if (perUnit) return { kind: 'per-unit', amount: Number(perUnit[1]), minimum: Number(perUnit[3] ?? 0) };
  const rate = rateOf('--commission', text);
  if (rate !== null) return { kind: 'fraction', rate };
  throw new UsageError(
    `--commission "${text}" is unknown. Write 2bp, 0.1%, 0.002, 1.5/order, 0.005/unit,min=1 or none.`,
  );
}

/** `none`, a rate (half on each side), or a rate with `,entry-only`. */
export function spreadFlag(text: string): BacktestSettings['spread'] {
  if (text === 'none') return { kind: 'none' };
  const [size = '', rule, ...more] = text.split(',').map((part) => part.trim());
  const rate = rateOf('--spread', size);
  if (rate !== null && more.length === 0) {
    if (rule === undefined) return { kind: 'fraction', rate };
    if (rule === 'entry-only') return { kind: 'entry-only', rate };
  }
  throw new UsageError(`--spread "${text}" is unknown. Write 2bp, 0.1%, 0.002, 2bp,entry-only or none.`);
}

/** `none` or a rate. */
export function slippageFlag(text: string): BacktestSettings['slippage'] {
  if (text === 'none') return { kind: 'none' };
  const rate = rateOf('--slippage', text);
  if (rate !== null) return { kind: 'fraction', rate };
  throw new UsageError(`--slippage "${text}" is unknown. Write 1bp, 0.1%, 0.002 or none.`);
}
