import { expect, test } from '@jest/globals';
import { cutIntoParts } from './cut-into-parts.js';

test.each([1, 2, 7, 16, 64])(
  '1,000 trials in %s parts: every trial once, each part but the last whole blocks of 64',
  (wanted) => {
    const parts = cutIntoParts({ from: 0, to: 1_000 }, 64, wanted);
    expect([parts[0]?.from, parts.at(-1)?.to, parts.length]).toEqual([0, 1_000, Math.min(wanted, 16)]);
    expect(parts.slice(1).map(({ from }) => from)).toEqual(parts.slice(0, -1).map(({ to }) => to));
    expect(parts.every(({ from, to }) => from % 64 === 0 && to > from)).toBe(true);
  },
);

test('a search of a few trials is one part, and a long one is cut into no more than are wanted', () => {
  expect([cutIntoParts({ from: 0, to: 10 }, 64, 64), cutIntoParts({ from: 0, to: 1_000_000 }, 64, 64).length]).toEqual([
    [{ stage: 'part', from: 0, to: 10 }],
    64,
  ]);
});

test('a generation is cut where it lies', () => {
  expect(cutIntoParts({ from: 32, to: 48 }, 1, 3)).toEqual([
    { stage: 'part', from: 32, to: 37 },
    { stage: 'part', from: 37, to: 42 },
    { stage: 'part', from: 42, to: 48 },
  ]);
});
