import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readNumber } from './read-number.js';

const read = (text: string, mark: '.' | ',' = '.') => readNumber(Buffer.from(text), 0, text.length, mark);

/** Decimal text of up to 32 digits, with the point anywhere, signed or not. */
const decimals = fc
  .tuple(fc.boolean(), fc.stringMatching(/^[0-9]{1,32}$/), fc.nat({ max: 34 }))
  .map(([negative, digits, shift]) => {
    const point = Math.max(0, digits.length - shift);
    return `${negative ? '-' : ''}${digits.slice(0, point)}.${'0'.repeat(Math.max(0, shift - digits.length))}${digits.slice(point)}`;
  });

test('plain numbers of any length are read as the language reads them, to the last bit', () => {
  fc.assert(
    fc.property(decimals, (text) => expect(read(text)).toBe(Number(text))),
    { numRuns: 5_000 },
  );
});

test('what a float64 prints reads back as the same float64', () => {
  const printed = fc.double({ min: 1e-5, max: 1e15, noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(printed, (value) => expect(read(String(value))).toBe(value)),
    { numRuns: 5_000 },
  );
});

test.each([
  ['9007199254740993', 9007199254740992],
  ['9007199254740993.00000001', 9007199254740994],
  ['0.1000000000000000055511151231257827', 0.1],
  ['123456789012345678901234567890', 1.2345678901234568e29],
  ['0000000000000000000000000000000000001.5', 1.5],
  ['-0', -0],
  ['.5', 0.5],
  ['5.', 5],
  ['.', NaN],
  ['-', NaN],
  ['1.2.3', NaN],
  ['1e-7', 1e-7],
])('%s is %d', (text, value) => {
  expect(read(text)).toBe(value);
});

test('a decimal comma is read as a decimal point', () => {
  expect([read('74,059997558593751', ','), read('1.234,5', ',')]).toEqual([74.05999755859375, 1234.5]);
});
