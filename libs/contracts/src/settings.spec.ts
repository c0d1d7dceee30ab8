import { describe, expect, test } from '@jest/globals';
import { BacktestSettings } from './settings.js';

/** The first thing said about settings that are refused; null where they are taken. */
function said(settings: object): string | null {
  return BacktestSettings.safeParse(settings).error?.issues[0]?.message ?? null;
}

describe('settings at the door', () => {
  test('what is not given costs nothing, checks nothing, and leaves no trace', () => {
    expect(Object.keys(BacktestSettings.parse({}))).toEqual([
      'cash',
      'commission',
      'spread',
      'slippage',
      'fill',
      'path',
      'volumeCap',
      'leverage',
      'units',
      'exclusiveOrders',
      'atEnd',
      'seed',
    ]);
  });

  test('tiers begin at 0 and rise, and take no more than was traded', () => {
    const tiered = (by: string, ...tiers: object[]) => said({ commission: { kind: 'tiered', by, tiers } });
    expect([
      tiered('value', { from: 0, rate: 0.002 }, { from: 1e6, rate: 0.001 }),
      tiered('value', { from: 5, rate: 0.002 }),
      tiered('value', { from: 0, rate: 0.002 }, { from: 0, rate: 0.001 }),
      tiered('value', { from: 0, rate: 2 }),
      tiered('units', { from: 0, rate: 2 }),
      tiered('units'),
    ]).toEqual([
      null,
      'The first tier begins at 5; let it begin at 0.',
      'The tier from 0 follows the one from 0; put them in rising order.',
      'A rate of 2 by value is more than the value traded; give a fraction from 0 to 1.',
      null,
      'A tiered commission needs at least one tier.',
    ]);
  });

  test.each([
    [{ borrow: { kind: 'annual', rate: -0.01 } }, 'The borrow fee a year is -0.01; give a number from 0 to 1.'],
    [{ interest: { kind: 'annual', rate: NaN } }, 'The interest a year is NaN; give a number from 0 to 1.'],
    [{ interest: { kind: 'annual', rate: 1.5 } }, 'The interest a year is 1.5; give a number from 0 to 1.'],
    [{ funding: { kind: 'constant', rate: 2, hours: 8 } }, 'The funding rate is 2; give a number from -1 to 1.'],
    [
      { funding: { kind: 'constant', rate: 0, hours: 0.5 } },
      'The hours between fundings is 0.5; give a number that is whole, from 1 to 8760.',
    ],
    [
      { margin: { kind: 'at-once', initial: 0.2, maintenance: 0.5 } },
      'The maintenance margin of 0.5 is above the initial one of 0.2: every position would be closed at once. Give at most 0.2.',
    ],
    [
      { leverage: 2, margin: { kind: 'at-once', initial: 0.5, maintenance: 0.25 } },
      'Leverage 2 and an initial margin of 0.5 are both given, and both say how much may be bought: keep one.',
    ],
    [
      { risk: [{ kind: 'position-limit', of: 'units', most: 0 }] },
      'The position limit is 0; give a number above 0 and at most 1e15.',
    ],
    [{ risk: [{ kind: 'price-band', away: 0 }] }, 'The price band is 0; give a number above 0 and at most 1.'],
    [{ risk: [] }, 'Leave risk out where no rule is meant.'],
    [
      { slippage: { kind: 'square-root', factor: 1, window: 2 } },
      'The window in bars is 2; give a number that is whole, from 3 to 10000.',
    ],
    [
      { slippage: { kind: 'psychic' } },
      'A slippage of kind "psychic" is unknown. Kinds are none, fraction, fixed, volume-share, square-root.',
    ],
    [
      { risk: [{ kind: 'prayer' }] },
      'A risk rule of kind "prayer" is unknown. Kinds are buying-power, position-limit, order-limit, price-band, drawdown-halt, cooldown, kill-switch.',
    ],
  ])('%j is refused with its name, its value and the way out', (settings, words) => {
    expect(said(settings)).toBe(words);
  });
});
