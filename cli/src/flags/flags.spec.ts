import { describe, expect, test } from '@jest/globals';
import { commissionFlag, slippageFlag, spreadFlag } from './costs.js';
import { columnFlag } from './columns.js';
import { checkRange, dateFlag } from './dates.js';
import { memoryFlag, timeoutFlag } from './limits.js';
import { choiceFlag, numberFlag, positiveFlag, wholeFlag } from './number.js';
import { paramFlag } from './params.js';
import { symbolsFlag } from './symbols.js';

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
  ])('commission %s', (text, model) => {
    expect(commissionFlag(text)).toEqual(model);
  });

  test('spread is split over both sides unless it is charged at entry only', () => {
    expect([spreadFlag('4bp'), spreadFlag('4bp,entry-only')]).toEqual([
      { kind: 'fraction', rate: 0.0004 },
      { kind: 'entry-only', rate: 0.0004 },
    ]);
  });

  test('slippage is a rate', () => {
    expect(slippageFlag('1bp')).toEqual({ kind: 'fraction', rate: 0.0001 });
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
