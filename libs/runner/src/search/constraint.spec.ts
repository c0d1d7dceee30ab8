import { expect, test } from '@jest/globals';
import { constraintOf } from './constraint.js';

const names = ['fast', 'slow', 'mode'];
const holds = (text: string): boolean => constraintOf(text, names)({ fast: 10, slow: 25, mode: 'calm' });

test.each([
  ['fast < slow', true],
  ['fast*2.5 >= slow', true],
  ['slow - fast == 15', true],
  ['slow > 2 * (fast + 5)', false],
  ['-fast < 0', true],
  ["mode != 'calm'", false],
  ['mode == "calm"', true],
  ['fast / 4 <= 2.5e0', true],
])('%s', (text, expected) => {
  expect(holds(text)).toBe(expected);
});

test('a parameter that a trial does not have lets it pass', () => {
  expect(constraintOf('trail > 3', ['trail'])({})).toBe(true);
});

test.each([
  ['fast <', 'it ends too soon'],
  ['fast', 'it compares nothing'],
  ['fast < slow slow', '"slow" is one too many'],
  ['fast < quick', 'there is no parameter "quick"; the strategy declares fast, slow, mode'],
  ['(fast < slow', 'a bracket is not closed'],
  ['fast < ; slow', '"; slow" cannot be read'],
  ['process.exit() < 1', 'cannot be read'],
])('"%s" is refused: %s', (text, why) => {
  expect(() => constraintOf(text, names)).toThrow(why);
});
