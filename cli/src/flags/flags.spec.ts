import { describe, expect, test } from '@jest/globals';
import { commissionFlag, slippageFlag, spreadFlag } from './costs.js';
import { columnFlag } from './columns.js';
import { borrowFlag, fundingFlag, interestFlag, marginFlag } from './holding.js';
import { riskFlag, riskForms } from './risk.js';
import { checkRange, dateFlag } from './dates.js';
import { memoryFlag, timeoutFlag } from './limits.js';
import { choiceFlag, numberFlag, positiveFlag, wholeFlag } from './number.js';
import { paramFlag } from './params.js';
import { symbolsFlag } from './symbols.js';
import { volumeCapFlag } from './volume-cap.js';

describe('costs as people write them', () => {
  test.each([
    ['none', { kind: 'none' }],
    ['2bp', { kind: 'fraction', rate: 0.0002 }],
    ['0.1%', { kind: 'fraction', rate: 0.001 }],
    ['0.002', { kind: 'fraction', rate: 0.002 }],
    ['0', { kind: 'fraction', rate: 0 }],
    ['1.5/order', { kind: 'per-order', amount: 1.5 }],
    ['0.005/unit', { kind: 'per-unit', amount: 0.005, minimum: 0 }],
    ['0.005/unit,min=1', { kind: 'per-unit', amount: 0.005, minimum: 1 }],
    ['maker=1bp,taker=5bp', { kind: 'maker-taker', maker: 0.0001, taker: 0.0005 }],
    [
      '10bp,5bp>1e6',
      {
        kind: 'tiered',
        by: 'value',
        tiers: [
          { from: 0, rate: 0.001 },
          { from: 1e6, rate: 0.0005 },
        ],
      },
    ],
    [
      '0.005/unit,0.003/unit>1e5',
      {
        kind: 'tiered',
        by: 'units',
        tiers: [
          { from: 0, rate: 0.005 },
          { from: 1e5, rate: 0.003 },
        ],
      },
    ],
  ])('commission %s', (text, model) => {
    expect(commissionFlag(text)).toEqual(model);
  });

  test('spread is split over both sides unless it is charged at entry only', () => {
    expect([spreadFlag('4bp'), spreadFlag('4bp,entry-only')]).toEqual([
      { kind: 'fraction', rate: 0.0004 },
      { kind: 'entry-only', rate: 0.0004 },
    ]);
  });

  test.each([
    ['1bp', { kind: 'fraction', rate: 0.0001 }],
    ['0.01/unit', { kind: 'fixed', amount: 0.01 }],
    ['volume', { kind: 'volume-share', impact: 0.1, limit: 0.025 }],
    ['volume,impact=0.2,limit=5%', { kind: 'volume-share', impact: 0.2, limit: 0.05 }],
    ['root,factor=0.8,window=50', { kind: 'square-root', factor: 0.8, window: 50 }],
  ])('slippage %s', (text, model) => {
    expect(slippageFlag(text)).toEqual(model);
  });

  test('what holding costs', () => {
    expect([
      borrowFlag('3%'),
      interestFlag('0.06'),
      fundingFlag('1bp/8h'),
      fundingFlag('column=fundingRate,-1bp/4h'),
      marginFlag('50%,maintenance=25%'),
      marginFlag('50%,maintenance=25%,at-once'),
      borrowFlag('none'),
    ]).toEqual([
      { kind: 'annual', rate: 0.03 },
      { kind: 'annual', rate: 0.06 },
      { kind: 'constant', rate: 0.0001, hours: 8 },
      { kind: 'column', column: 'fundingRate', rate: -0.0001, hours: 4 },
      { kind: 'next-open', initial: 0.5, maintenance: 0.25 },
      { kind: 'at-once', initial: 0.5, maintenance: 0.25 },
      undefined,
    ]);
  });

  test.each([
    [() => slippageFlag('volume,limit=0'), '--slippage volume,limit=0: The limit on the share of volume is 0;'],
    [() => slippageFlag('root,power=2'), '--slippage power=2: "power=2" is none of factor=…, window=….'],
    [() => borrowFlag('-3%'), '--borrow -3%: The borrow fee a year is -0.03; give a number from 0 to 1.'],
    [() => borrowFlag('dear'), '--borrow "dear" is no rate a year. Write 3%, 0.03 or none.'],
    [() => fundingFlag('1bp'), '--funding "1bp" is unknown. Write 1bp/8h'],
    [() => marginFlag('50%'), '--margin "50%" is unknown. Write 50%,maintenance=25%'],
    [() => commissionFlag('10bp,5bp>0'), '--commission 10bp,5bp>0: The tier from 0 follows the one from 0;'],
    [() => riskFlag('position=0units'), '--risk position=0units: The position limit is 0;'],
    [() => riskFlag('prayer'), '--risk "prayer" is unknown. Write one of buying-power | position=100units |'],
  ])('what makes no sense is refused with the way out', (flag, words) => {
    expect(flag).toThrow(words);
  });

  test('every form of a risk rule that help names is one, and rules add up', () => {
    expect(riskForms.reduce<readonly object[]>((rules, form) => riskFlag(form, rules as []), [])).toEqual([
      { kind: 'buying-power' },
      { kind: 'position-limit', of: 'units', most: 100 },
      { kind: 'position-limit', of: 'value', most: 5000 },
      { kind: 'position-limit', of: 'equity', most: 0.5 },
      { kind: 'order-limit', of: 'units', most: 100 },
      { kind: 'order-limit', of: 'value', most: 5000 },
      { kind: 'order-limit', of: 'orders-per-day', most: 10 },
      { kind: 'price-band', away: 0.05 },
      { kind: 'drawdown-halt', drawdown: 0.2, close: false },
      { kind: 'drawdown-halt', drawdown: 0.2, close: true },
      { kind: 'cooldown', after: 'loss', bars: 5 },
      { kind: 'cooldown', after: 'halt', bars: 100 },
      { kind: 'kill-switch', loss: 0.03, until: 'next-day' },
      { kind: 'kill-switch', loss: 0.03, until: 'end-of-run' },
    ]);
  });

  test('a bare number that would be a rate of a hundred percent is taken for a slip', () => {
    expect(() => commissionFlag('1')).toThrow(
      '--commission 1 would be 100 % of the price. Write 2bp, 0.1% or 0.001 for a rate, 1/order for an amount.',
    );
  });

  test.each(['100%', '200%', '10000bp'])('a rate of %s leaves nothing of the price, and is refused', (text) => {
    const words = `${text} is out of range: it must be less than 100 % of the price.`;
    expect(() => commissionFlag(text)).toThrow(`--commission ${words}`);
    expect(() => slippageFlag(text)).toThrow(`--slippage ${words}`);
  });

  test.each(['cheap', '-2bp', '2bp/order', 'NaN', '', '1/0'])('"%s" is no commission', (text) => {
    expect(() => commissionFlag(text)).toThrow(/^--commission "/);
  });
});

describe('dates as people write them', () => {
  test.each(['2005-01-31', '2004-02-29', '2005-01-31T14:30', '2005-01-31T14:30:00Z'])('%s', (text) => {
    expect(dateFlag('--from', text)).toBe(text);
  });

  test.each(['31.01.2005', '2005-02-30', '2005-13-01', '2005', 'yesterday', '2005-01-31T25:00'])(
    '%s is refused',
    (text) => {
      expect(() => dateFlag('--from', text)).toThrow(/^--from ".*" is not (a date|in the calendar)/);
    },
  );

  test('a range that ends before it begins is refused', () => {
    expect(() => checkRange('2010-01-01', '2005-01-01')).toThrow(
      '--from 2010-01-01 is after --to 2005-01-01. Swap them, or drop one.',
    );
  });
});

describe('numbers and words', () => {
  test('thousands may be set apart by underscores', () => {
    expect(numberFlag('--cash', '100_000', { min: 0 })).toBe(100_000);
  });

  test.each(['1,5', 'ten', 'NaN', 'Infinity', '0x10', ''])('"%s" is not a number', (text) => {
    expect(() => positiveFlag('--cash', text, 1e15)).toThrow(/^--cash ".*" is not a number/);
  });

  test.each(['0', '-5', '1e16'])('cash of %s is out of range', (text) => {
    expect(() => positiveFlag('--cash', text, 1e15)).toThrow(
      `--cash ${text} is out of range: it must be more than 0 and at most 1000000000000000.`,
    );
  });

  test('a seed is whole', () => {
    expect(() => wholeFlag('--seed', '1.5', { min: 0, max: 10 })).toThrow('--seed 1.5 is not a whole number.');
  });

  test('an unknown word lists the known ones', () => {
    expect(() => choiceFlag('--fill', 'midpoint', ['next-open', 'this-close'])).toThrow(
      '--fill "midpoint" is unknown. Choose next-open or this-close.',
    );
  });
});

describe('parameters', () => {
  test('repeat, and are numbers, booleans or text', () => {
    expect(['slow=30', 'atr=1.5', 'short=false', 'kind=ema'].reduce((all, text) => paramFlag(text, all), {})).toEqual({
      slow: 30,
      atr: 1.5,
      short: false,
      kind: 'ema',
    });
  });

  test.each(['fast', '=10', ''])('"%s" has no name or value', (text) => {
    expect(() => paramFlag(text)).toThrow(/Write it like --param fast=10/);
  });

  test('__proto__ is none', () => {
    expect(() => paramFlag('__proto__=1')).toThrow('There is no parameter "__proto__"');
  });

  test('one given twice is refused', () => {
    expect(() => paramFlag('fast=2', { fast: 1 })).toThrow('--param fast is given twice. Keep one.');
  });
});

describe('symbols', () => {
  test('are names between commas, each once, or all', () => {
    expect([symbolsFlag('AAPL, MSFT,AAPL'), symbolsFlag('all')]).toEqual([['AAPL', 'MSFT'], 'all']);
  });

  test.each(['', 'AAPL,', ' , '])('"%s" names nothing', (text) => {
    expect(() => symbolsFlag(text)).toThrow(/names nothing. Write it like AAPL,MSFT or all/);
  });
});

describe('columns', () => {
  test('are ours on the left, theirs on the right', () => {
    expect(columnFlag('time=Trade Day', { close: 'Last' })).toEqual({ close: 'Last', time: 'Trade Day' });
  });

  test('one that is not ours is refused with the list of ours', () => {
    expect(() => columnFlag('foo=Close')).toThrow(/"foo" is none of our columns. They are time, /);
  });
});

describe('limits', () => {
  test('time in seconds unless said otherwise', () => {
    expect(['30', '500ms', '5m', '1h'].map(timeoutFlag)).toEqual([30_000, 500, 300_000, 3_600_000]);
  });

  test('memory in megabytes unless said otherwise', () => {
    expect(['512', '512mb', '2gb'].map(memoryFlag)).toEqual([512, 512, 2048]);
  });

  test.each(['0', '-1', '2 days', '999h'])('a timeout of %s is refused', (text) => {
    expect(() => timeoutFlag(text)).toThrow(/^--timeout/);
  });
});

describe('a cap on volume', () => {
  test.each([
    ['10%', 0.1],
    ['0.25', 0.25],
    ['none', null],
  ])('%s', (text, share) => {
    expect(volumeCapFlag(text)).toBe(share);
  });

  test.each(['0', '150%', 'much'])('%s is refused with the way out', (text) => {
    expect(() => volumeCapFlag(text)).toThrow(
      `--volume-cap "${text}" is no share of a bar's volume. Write it like 10%, 0.1 or none.`,
    );
  });
});
