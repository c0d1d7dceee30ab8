import { describe, expect, test } from '@jest/globals';
import { figure, fixed, moment, price } from './figure.js';

describe('a figure as people read it', () => {
  test('fractions are percent with two decimals', () => {
    expect(figure(0.12345, 'fraction')).toBe('12.35 %');
  });

  test('growth beyond all measure is short too', () => {
    expect(figure(16_991_726.3, 'fraction')).toBe('1.70e+9 %');
  });

  test('what is not defined is a dash, what is unbounded says so', () => {
    expect([figure('NaN', 'ratio'), figure('Infinity', 'ratio'), figure('-Infinity', 'fraction')]).toEqual([
      '–',
      '∞',
      '-∞',
    ]);
  });

  test('nothing is ever minus zero', () => {
    expect([figure(-0.00001, 'fraction'), figure(-0, 'currency')]).toEqual(['0.00 %', '0.00']);
  });

  test('amounts are grouped in thousands', () => {
    expect([figure(1234567.891, 'currency'), figure(-1234, 'count'), fixed(999.999, 2)]).toEqual([
      '1,234,567.89',
      '-1,234',
      '1,000.00',
    ]);
  });

  test('durations are whole above ten and have one decimal below', () => {
    expect([figure(1, 'days'), figure(2.5, 'days'), figure(37.4, 'days'), figure(3, 'bars')]).toEqual([
      '1 day',
      '2.5 days',
      '37 days',
      '3 bars',
    ]);
  });

  test('a price keeps the decimals that it needs', () => {
    expect([price(134.13), price(1.2345), price(0.00001234)]).toEqual(['134.13', '1.2345', '0.00001234']);
  });

  test('midnight is a date, any other moment has its time', () => {
    expect([moment(Date.UTC(2019, 11, 31) * 1000), moment(Date.UTC(2019, 11, 31, 14, 30) * 1000)]).toEqual([
      '2019-12-31',
      '2019-12-31 14:30',
    ]);
  });
});
