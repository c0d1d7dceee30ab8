import { RiskRule } from '@quarry/contracts';
import { UsageError } from '../usage-error.js';
import { fractionOf, numberOf, parsed } from './amounts.js';

/** The forms that a rule may be written in, for help and for errors. */
export const riskForms = [
  'buying-power',
  'position=100units',
  'position=5000value',
  'position=50%equity',
  'order=100units',
  'order=5000value',
  'orders=10/day',
  'band=5%',
  'drawdown=20%',
  'drawdown=20%,close',
  'cooldown=5bars/loss',
  'cooldown=100bars/halt',
  'daily-loss=3%',
  'daily-loss=3%,end',
] as const;

/** Collects repeated `--risk rule`. */
export function riskFlag(text: string, earlier: readonly RiskRule[] = []): readonly RiskRule[] {
  const rule = ruleFrom(text.trim());
  if (rule === null) throw new UsageError(`--risk "${text}" is unknown. Write one of ${riskForms.join(' | ')}.`);
  return [...earlier, parsed('--risk', text, RiskRule, rule)];
}

function ruleFrom(text: string): unknown {
  const [name = '', amount = '', ...more] = text.split('=');
  if (more.length > 0) return null;
  switch (name) {
    case 'buying-power':
      return amount === '' ? { kind: 'buying-power' } : null;
    case 'position':
    case 'order':
      return sizeLimit(name, amount);
    case 'orders':
      return amount.endsWith('/day')
        ? { kind: 'order-limit', of: 'orders-per-day', most: numberOf(amount.slice(0, -4)) }
        : null;
    case 'band':
      return { kind: 'price-band', away: fractionOf(amount) };
    case 'drawdown':
      return withWord(amount, 'close', (drawdown, close) => ({ kind: 'drawdown-halt', drawdown, close }));
    case 'daily-loss':
      return withWord(amount, 'end', (loss, end) => ({
        kind: 'kill-switch',
        loss,
        until: end ? 'end-of-run' : 'next-day',
      }));
    case 'cooldown': {
      const match = /^(\S+)bars\/(loss|halt)$/.exec(amount);
      return match && { kind: 'cooldown', after: match[2], bars: numberOf(match[1]!) };
    }
    default:
      return null;
  }
}

function sizeLimit(name: 'position' | 'order', amount: string): unknown {
  const match = /^(.+?)(units|value|equity)$/.exec(amount);
  if (match === null || (name === 'order' && match[2] === 'equity')) return null;
  const [, most = '', of] = match;
  return { kind: `${name}-limit`, of, most: of === 'equity' ? fractionOf(most) : numberOf(most) };
}

function withWord(text: string, word: string, rule: (fraction: number, said: boolean) => unknown): unknown {
  const [fraction = '', said, ...more] = text.split(',').map((part) => part.trim());
  if (more.length > 0 || (said !== undefined && said !== word)) return null;
  return rule(fractionOf(fraction), said === word);
}
