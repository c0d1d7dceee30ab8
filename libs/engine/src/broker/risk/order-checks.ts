import type { RiskRule } from '../../settings.js';
import { money, percent } from './figures.js';
import type { Proposal } from './proposal.js';

type RuleOf<K extends RiskRule['kind']> = Extract<RiskRule, { readonly kind: K }>;

/** Why an order breaks a limit on what may be held of one series; null where it does not. */
export function beyondPosition(rule: RuleOf<'position-limit'>, proposal: Proposal, equity: number): string | null {
  const { symbol, after, close } = proposal;
  const value = after * close;
  const amount = rule.of === 'units' ? after : rule.of === 'value' ? value : value / equity;
  if (amount <= rule.most) return null;
  const words = {
    units: `${after} units of ${symbol} would be held, ${rule.most} are allowed`,
    value: `${symbol} would be held for ${money(value)}, ${money(rule.most)} is allowed`,
    equity: `${symbol} would be held for ${percent(amount)} of equity, ${percent(rule.most)} is allowed`,
  };
  return `position limit: with this order ${words[rule.of]}`;
}

/** Why one order is too large. */
export function beyondOrder(of: 'units' | 'value', most: number, { units, price }: Proposal): string | null {
  const value = units * price;
  if ((of === 'units' ? units : value) <= most) return null;
  return of === 'units'
    ? `order limit: the order is for ${units} units, ${most} are allowed`
    : `order limit: the order is for ${money(value)}, ${money(most)} is allowed`;
}

/** Why an order's prices are too far from the last close. */
export function outOfBand({ away }: RuleOf<'price-band'>, { limit, stop, close }: Proposal): string | null {
  for (const [name, price] of [
    ['limit', limit],
    ['stop', stop],
  ] as const) {
    const distance = Math.abs(price / close - 1);
    if (distance > away) {
      return `price band: the ${name} ${price} lies ${percent(distance)} from the last close of ${close}, ${percent(away)} is allowed`;
    }
  }
  return null;
}
