import { expect, test } from '@jest/globals';
import { freshTokenText, hintOf, isTokenText } from './token-text.js';

test('SAFETY bar 36: a token has its prefix, 256 random bits and a checksum', () => {
  const tokens = Array.from({ length: 100 }, freshTokenText);
  expect(tokens.every((token) => /^quarry_[\w-]{43}[0-9a-f]{8}$/.test(token) && isTokenText(token))).toBe(true);
  expect(new Set(tokens).size).toBe(100);
});

test('a token with one wrong letter is known as none without asking the database', () => {
  const token = freshTokenText();
  const spoilt = Array.from(
    token,
    (letter, at) => token.slice(0, at) + (letter === 'a' ? 'b' : 'a') + token.slice(at + 1),
  );
  expect(spoilt.filter(isTokenText)).toEqual([]);
});

test('a hint shows four characters of each end', () => {
  expect(hintOf('quarry_ABCD567890123456789012345678901234567890123deadbeef')).toBe('quarry_ABCD…beef');
});
