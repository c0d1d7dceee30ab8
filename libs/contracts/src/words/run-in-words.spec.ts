import { expect, test } from '@jest/globals';
import { BacktestSettings } from '../settings.js';
import { costsInWords, settingsInWords } from './run-in-words.js';

const rows = (settings: object) => Object.fromEntries(settingsInWords(BacktestSettings.parse(settings)));

test('what holding costs, margin and risk rules stand among the settings only where they were given', () => {
  const plain = rows({});
  expect(['Borrow fee', 'Interest', 'Funding', 'Margin', 'Risk rule'].filter((name) => name in plain)).toEqual([]);
  expect(
    rows({
      commission: { kind: 'maker-taker', maker: 0.0001, taker: 0.0005 },
      slippage: { kind: 'square-root', factor: 1, window: 20 },
      borrow: { kind: 'annual', rate: 0.03 },
      funding: { kind: 'column', column: 'fundingRate', rate: 0.0001, hours: 8 },
      margin: { kind: 'at-once', initial: 0.5, maintenance: 0.25 },
      risk: [{ kind: 'kill-switch', loss: 0.03, until: 'next-day' }],
    }),
  ).toMatchObject({
    Commission: '1 bp of the value as maker, 5 bp as taker',
    Slippage: '1 × volatility × √(size / mean volume) of 20 bars',
    'Borrow fee': '3 % a year of what is sold short',
    Funding: 'column "fundingRate", else 1 bp every 8 hours, paid by longs',
    Margin: '50 % to open, 25 % to hold; below it closed at that close',
    'Risk rule': 'all closed at a loss of 3 % in a day, for that day',
  });
});

test('costs that were never charged are not listed, and reports of before have none', () => {
  const none = { commission: 12.5, slippage: 0, spread: 0, borrow: 0, interest: 0, funding: -3 };
  expect([costsInWords(none), costsInWords(undefined)]).toEqual([
    [
      ['Commission', '12.50'],
      ['Funding', '-3.00'],
    ],
    [],
  ]);
});
