import { expect, test } from '@jest/globals';
import { choicesOf } from './choices.js';

test('what splits chose is counted, most often first; a test without a value takes no part in its mean', () => {
  const split = { tests: [0], training: 10 };
  const splits = [
    { ...split, params: { n: 1 }, inSample: 5, outOfSample: 1 },
    { ...split, params: { n: 2 }, inSample: 2, outOfSample: 1 },
    { ...split, params: null, inSample: 'NaN', outOfSample: 'NaN' } as const,
    { ...split, params: { n: 2 }, inSample: 4, outOfSample: 'NaN' } as const,
  ];
  expect(choicesOf({ splits })).toEqual([
    { params: { n: 2 }, splits: 2, inSample: 3, outOfSample: 1 },
    { params: { n: 1 }, splits: 1, inSample: 5, outOfSample: 1 },
  ]);
});
