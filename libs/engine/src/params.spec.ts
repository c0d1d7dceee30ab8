import { describe, expect, test } from '@jest/globals';
import { bool, choice, float, int } from './params.js';
import { paramSpecsOf, requireStrategy, resolveParams } from './resolve-params.js';
import { defineStrategy } from './strategy.js';

const specs = {
  fast: int(10, { min: 2, max: 100 }),
  risk: float(0.02, { min: 0, max: 0.1, step: 0.005, description: 'Share of equity at risk' }),
  short: bool(true),
  average: choice('sma', ['sma', 'ema']),
};

test('a declaration carries type, default, range and description', () => {
  expect(specs).toEqual({
    fast: { type: 'int', default: 10, min: 2, max: 100, step: 1, description: '' },
    risk: { type: 'float', default: 0.02, min: 0, max: 0.1, step: 0.005, description: 'Share of equity at risk' },
    short: { type: 'bool', default: true, description: '' },
    average: { type: 'choice', default: 'sma', options: ['sma', 'ema'], description: '' },
  });
});

describe('a declaration that contradicts itself is refused', () => {
  test.each<[() => unknown, string]>([
    [() => int(1.5), 'int: default is 1.5; it must be a whole number.'],
    [() => int(5, { min: 10, max: 20 }), 'int: the default 5 is outside 10 to 20.'],
    [() => int(5, { min: 20, max: 10 }), 'int: min 20 is above max 10.'],
    [() => float(NaN), 'float: default is NaN; it must be a finite number.'],
    [() => float(1, { step: 0 }), 'float: step is 0; it must be above 0.'],
  ])('%#', (declare, message) => {
    expect(declare).toThrow(new RangeError(message));
  });

  test('a default that is not among the options', () => {
    const options: string[] = ['sma', 'ema'];
    expect(() => choice('wma', options)).toThrow('the default "wma" is not among the options sma, ema.');
  });
});

describe('the values of a run', () => {
  test('are the defaults where nothing is given', () => {
    expect(resolveParams(specs, {})).toEqual({ values: { fast: 10, risk: 0.02, short: true, average: 'sma' } });
  });

  test('are what is given where it fits', () => {
    expect(resolveParams(specs, { fast: 20, average: 'ema' })).toEqual({
      values: { fast: 20, risk: 0.02, short: true, average: 'ema' },
    });
  });

  test('every misfit is told, each in a sentence', () => {
    expect(resolveParams(specs, { fast: 1.5, risk: 0.5, short: 1, average: 'wma', slow: 3 })).toEqual({
      errors: [
        'There is no parameter "slow". The strategy declares: fast, risk, short, average.',
        'Parameter "fast" is 1.5; it must be a whole number.',
        'Parameter "risk" is 0.5; it must be from 0 to 0.1.',
        'Parameter "short" is 1; it must be true or false.',
        'Parameter "average" is "wma"; it must be one of sma, ema.',
      ],
    });
  });

  test('a name of Object’s own is as unknown as any', () => {
    expect(resolveParams({}, { toString: 1 })).toEqual({
      errors: ['There is no parameter "toString". The strategy declares: none.'],
    });
  });
});

test('a strategy without a name is refused', () => {
  expect(() => defineStrategy({ name: ' ', next: () => undefined })).toThrow('A strategy needs a name.');
});

test('what a strategy file exports must be a strategy', () => {
  const strategy = defineStrategy({ name: 'Still', params: { fast: specs.fast }, next: () => undefined });
  expect(paramSpecsOf(requireStrategy(strategy))).toEqual({ fast: specs.fast });
  for (const other of [undefined, null, 5, {}, { next: 1 }]) {
    expect(() => requireStrategy(other)).toThrow('export default defineStrategy');
  }
});
