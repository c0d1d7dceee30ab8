import { describe, expect, test } from '@jest/globals';
import type { Drawdown } from '../metric.js';
import { seededRandom } from '../random.js';
import { DrawdownWatch, type DrawdownStudy } from './drawdown.js';

function studyDrawdowns(equity: Float64Array, time: Float64Array, start: number, limit?: number): DrawdownStudy {
  return new DrawdownWatch(equity, time, start, limit).study();
}

function drawdownsOf(equity: Float64Array, limit = 10): readonly Drawdown[] {
  return studyDrawdowns(equity, minutes(equity.length), equity[0] ?? 100, limit).worst;
}

const minutes = (count: number): Float64Array => Float64Array.from({ length: count }, (_, i) => i * 60e6);

describe('drawdowns of an equity curve', () => {
  test('run from the bar at the peak to the bar that reaches it again, deepest first', () => {
    const equity = Float64Array.of(100, 90, 100, 110, 55, 80, 120);
    expect(drawdownsOf(equity)).toEqual([
      { depth: 0.5, peakTime: 180e6, troughTime: 240e6, recoveryTime: 360e6 },
      { depth: 1 - 90 / 100, peakTime: 0, troughTime: 60e6, recoveryTime: 120e6 },
    ]);
  });

  test('the last one may not have recovered', () => {
    expect(drawdownsOf(Float64Array.of(100, 80, 60, 70))).toEqual([
      { depth: 0.4, peakTime: 0, troughTime: 120e6, recoveryTime: null },
    ]);
  });

  test('a curve that never falls has none, nor has an empty one', () => {
    expect([drawdownsOf(Float64Array.of(1, 1, 2, 3)), drawdownsOf(new Float64Array(0))]).toEqual([[], []]);
  });

  test('only as many as asked for are told', () => {
    const equity = Float64Array.of(100, 90, 100, 80, 100, 70, 100);
    expect(drawdownsOf(equity, 2).map(({ depth }) => Number(depth.toFixed(9)))).toEqual([0.3, 0.2]);
  });
});

describe('a summary of drawdowns', () => {
  test('tells the deepest, the longest, their mean and the ulcer index', () => {
    const equity = Float64Array.of(100, 75, 100, 90, 95, 92, 100, 80);
    expect(studyDrawdowns(equity, minutes(8), 100)).toMatchObject({
      deepest: 0.25,
      toTrough: 60e6,
      toRecovery: 120e6,
      deepestIsOpen: false,
      longest: 240e6,
      longestIsOpen: false,
      meanDepth: expect.closeTo((0.25 + 0.1 + 0.2) / 3, 12),
      meanDuration: expect.closeTo((120e6 + 240e6 + 60e6) / 3, 3),
      count: 3,
      underWater: 5 / 8,
      squares: expect.closeTo(0.25 ** 2 + 0.1 ** 2 + 0.05 ** 2 + 0.08 ** 2 + 0.2 ** 2, 12),
      lowest: 75,
    });
  });

  test('a loss on the first bar is a fall from the starting cash', () => {
    const { deepest, deepestIsOpen } = studyDrawdowns(Float64Array.of(90, 95), minutes(2), 100);
    expect({ deepest, deepestIsOpen }).toEqual({ deepest: 1 - 90 / 100, deepestIsOpen: true });
  });

  test('losing everything is a drawdown of 1, losing more than that one above it', () => {
    const depth = (last: number): number => studyDrawdowns(Float64Array.of(100, last), minutes(2), 100).deepest;
    expect([depth(0), depth(-50)]).toEqual([1, 1.5]);
  });

  test('one still open counts to the last bar', () => {
    const { longest, longestIsOpen } = studyDrawdowns(Float64Array.of(100, 99, 100, 99, 99, 99), minutes(6), 100);
    expect({ longest, longestIsOpen }).toEqual({ longest: 180e6, longestIsOpen: true });
  });
});

test('a curve that becomes known little by little is studied to the last bit as one that is known', () => {
  const random = seededRandom(3);
  let value = 100;
  const equity = Float64Array.from({ length: 500 }, () => (value *= 1 + 0.02 * (random() - 0.49)));
  const watch = new DrawdownWatch(equity, minutes(500), 100);
  for (let until = 0; until < 500; until += 1 + Math.floor(random() * 20)) watch.take(until);
  expect(watch.study()).toEqual(studyDrawdowns(equity, minutes(500), 100));
});
