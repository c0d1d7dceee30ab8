import { expect, test } from '@jest/globals';
import { inFlags } from './option-words.js';

test.each([
  ['If they are scaled, say priceDivisor, such as 10000.', 'If they are scaled, say --price-divisor, such as 10000.'],
  ['Say dateOrder month-day-year or day-month-year.', 'Say --date-order month-day-year or day-month-year.'],
  [
    'Say which is which by number, such as columns time=1 open=2 close=5.',
    'Say which is which by number, such as --column time=1 --column open=2 --column close=5.',
  ],
  ['Say which one is it, such as columns time=Trade Day.', 'Say which one is it, such as --column "time=Trade Day".'],
  ['Say which is which, such as columns open=1. open.', 'Say which is which, such as --column "open=1. open".'],
  [
    'Mend the file, or say how to read it (columns, timezone, dateOrder).',
    'Mend the file, or say how to read it (--column, --timezone, --date-order).',
  ],
  [
    'The times are read as UTC; say timezone if that is wrong.',
    'The times are read as UTC; say --timezone if that is wrong.',
  ],
  ['as the start of each bar; say stamp close if not.', 'as the start of each bar; say --stamp close if not.'],
  ['Say interval to make bars of them.', 'Say --interval to make bars of them.'],
])('"%s" is told in flags', (sentence, told) => {
  expect(inFlags(sentence)).toBe(told);
});

test('a sentence without options stays as it is', () => {
  const sentence = 'a.csv has no header and its 3 columns (first row: a, b) are no bars. Say an interval that fits.';
  expect(inFlags(sentence)).toBe(sentence);
});
