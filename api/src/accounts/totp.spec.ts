import { expect, test } from '@jest/globals';
import { base32, codeOf, otpauthAddress, stepAt, stepOf } from './totp.js';

const secret = Buffer.from('12345678901234567890');

test.each([
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
])('RFC 6238, appendix B: at %i s the code is %s', (seconds, code) => {
  expect(codeOf(secret, stepAt(seconds * 1000), 8)).toBe(code);
});

test('RFC 4226, appendix D: the codes of counters 0 to 9', () => {
  expect(Array.from({ length: 10 }, (_, counter) => codeOf(secret, counter))).toEqual([
    '755224',
    '287082',
    '359152',
    '969429',
    '338314',
    '254676',
    '287922',
    '162583',
    '399871',
    '520489',
  ]);
});

test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('RFC 4648, section 10: %j in Base32 is %j, padding left out', (text, expected) => {
  expect(base32(Buffer.from(text))).toBe(expected);
});

test('SAFETY bar 35: a code is good for its step and the two beside it, and never twice', () => {
  const now = 59_000;
  const found = [-2, -1, 0, 1, 2].map((offset) =>
    stepOf(secret, codeOf(secret, 1 + offset < 0 ? 1e6 : 1 + offset), { now, lastStep: -1 }),
  );
  expect(found).toEqual([null, 0, 1, 2, null]);
  expect(stepOf(secret, codeOf(secret, 1), { now, lastStep: 1 })).toBeNull();
});

test('the address names issuer, account and secret', () => {
  expect(otpauthAddress('a&b@example.com', secret)).toBe(
    'otpauth://totp/Quarry%3Aa%26b%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Quarry',
  );
});
