import type { BacktestSettings } from '@quarry/contracts';
import { CommissionModel, SlippageModel } from '@quarry/contracts';
import { UsageError } from '../usage-error.js';
import { fractionOf, namedParts, numberOf, parsed } from './amounts.js';

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

/**
 * `none`, a rate, `1.5/order`, `0.005/unit` with an optional `,min=1`, `maker=1bp,taker=5bp`, or tiers by what was traded
 * so far: `10bp,5bp>1e6` by value, `0.005/unit,0.003/unit>1e5` by units.
 */
export function commissionFlag(text: string): BacktestSettings['commission'] {
  if (text === 'none') return { kind: 'none' };
  const perOrder = new RegExp(`^(${amountPattern})/order$`).exec(text);
  if (perOrder) return { kind: 'per-order', amount: Number(perOrder[1]) };
  const perUnit = new RegExp(`^(${amountPattern})/(?:unit|share)(?:,\\s*min=(${amountPattern}))?$`).exec(text);
  if (perUnit) return { kind: 'per-unit', amount: Number(perUnit[1]), minimum: Number(perUnit[3] ?? 0) };
  if (/^(maker|taker)=/.test(text)) return makerTaker(text);
  if (text.includes('>')) return tiered(text);
  const rate = rateOf('--commission', text);
  if (rate !== null) return { kind: 'fraction', rate };
  throw new UsageError(
    `--commission "${text}" is unknown. Write 2bp, 0.1%, 0.002, 1.5/order, 0.005/unit,min=1, ` +
      'maker=1bp,taker=5bp, tiers like 10bp,5bp>1e6 or none.',
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

function makerTaker(text: string): BacktestSettings['commission'] {
  const { maker = '', taker = '' } = namedParts('--commission', text, ['maker', 'taker']);
  const rates = { maker: fractionOf(maker), taker: fractionOf(taker) };
  return parsed('--commission', text, CommissionModel, { kind: 'maker-taker', ...rates });
}

function tiered(text: string): BacktestSettings['commission'] {
  const by = text.includes('/unit') ? 'units' : 'value';
  const tiers = text.split(',').map((part) => {
    const [rate = '', from = '0'] = part.trim().split('>');
    const perUnit = /^(.+)\/unit$/.exec(rate.trim());
    const charged = by === 'units' ? numberOf(perUnit?.[1] ?? '') : fractionOf(rate.trim());
    return { from: numberOf(from.trim()), rate: charged };
  });
  return parsed('--commission', text, CommissionModel, { kind: 'tiered', by, tiers });
}

/** `none`, a rate, `0.01/unit`, `volume,impact=0.1,limit=2.5%`, or `root,factor=1,window=20`. */
export function slippageFlag(text: string): BacktestSettings['slippage'] {
  if (text === 'none') return { kind: 'none' };
  const perUnit = /^(.+)\/unit$/.exec(text);
  if (perUnit) return parsed('--slippage', text, SlippageModel, { kind: 'fixed', amount: numberOf(perUnit[1]!) });
  const [model, ...numbers] = text.split(',');
  if (model === 'volume' || model === 'root') return impact(model, text, numbers.join(','));
  const rate = rateOf('--slippage', text);
  if (rate !== null) return { kind: 'fraction', rate };
  throw new UsageError(
    `--slippage "${text}" is unknown. Write 1bp, 0.1%, 0.002, 0.01/unit, volume,impact=0.1,limit=2.5%, ` +
      'root,factor=1,window=20 or none.',
  );
}

/** Zipline's impact by the share of volume, or the square-root law; what is not given has the usual number. */
function impact(model: 'volume' | 'root', text: string, numbers: string): BacktestSettings['slippage'] {
  const parts = (names: readonly string[]) => (numbers === '' ? {} : namedParts('--slippage', numbers, names));
  if (model === 'volume') {
    const { impact: size = '0.1', limit = '2.5%' } = parts(['impact', 'limit']);
    const given = { impact: numberOf(size), limit: fractionOf(limit) };
    return parsed('--slippage', text, SlippageModel, { kind: 'volume-share', ...given });
  }
  const { factor = '1', window = '20' } = parts(['factor', 'window']);
  const given = { factor: numberOf(factor), window: numberOf(window) };
  return parsed('--slippage', text, SlippageModel, { kind: 'square-root', ...given });
}
