import { describe, expect, test } from '@jest/globals';
import type { HighLowClose } from '../indicators/bar-columns.js';
import { type BoundedKind, boundedColumns } from './bounded.js';
import { doubleBottomColumns, doubleTopColumns } from './double-top.js';
import { flagColumns } from './flag.js';
import { headAndShouldersColumns, inverseHeadAndShouldersColumns } from './head-and-shoulders.js';
import { swingColumns } from './swings.js';

const shape = { left: 2, right: 2, tolerance: 0.15 };

/** Bars of no height, straight from one turn to the next, `steps` bars each. */
function path(turns: readonly number[], steps = 4): HighLowClose {
  const close: number[] = [turns[0]!];
  for (let k = 1; k < turns.length; k++) {
    for (let s = 1; s <= steps; s++) close.push(turns[k - 1]! + ((turns[k]! - turns[k - 1]!) * s) / steps);
  }
  const column = Float64Array.from(close);
  return { high: column, low: column, close: column };
}

/** On which bars a line is not 0, and what it is there. */
function events(line: Float64Array): [bar: number, value: number][] {
  return [...line.entries()].filter(([, value]) => value !== 0 && !Number.isNaN(value));
}

function upsideDown({ close }: HighLowClose): HighLowClose {
  const column = close.map((value) => 200 - value);
  return { high: column, low: column, close: column };
}

describe('swings', () => {
  const { high, highAgo, highKnown, low } = swingColumns(path([100, 108, 100, 104, 96]), { left: 2, right: 2 });

  test('are known so many bars after they lay, and not before', () => {
    expect(events(highKnown)).toEqual([
      [6, 1],
      [14, 1],
    ]);
  });

  test('hold their level until the next one is known', () => {
    expect([high[5], high[6], high[13], high[14], highAgo[6], highAgo[13], low[9], low[10]]).toEqual([
      NaN,
      108,
      108,
      104,
      2,
      9,
      NaN,
      100,
    ]);
  });

  test('of equal highs the first is the swing', () => {
    const flat = Float64Array.of(1, 2, 5, 5, 3, 2, 1, 1);
    expect(events(swingColumns({ high: flat, low: flat }, { left: 2, right: 2 }).highKnown)).toEqual([[4, 1]]);
  });
});

describe('a double top', () => {
  // Turns on the bars 4, 8, 12, 16, 20: a low, a high, the neckline at 104, a high as good as equal, and down.
  const turns = [104, 100, 112, 104, 111, 96];
  const found = doubleTopColumns(path(turns), shape);

  test('is formed when its second high is known, and speaks when a close falls through the low between', () => {
    expect([events(found.formed), events(found.signal)]).toEqual([[[18, 1]], [[18, -1]]]);
  });

  test('tells its neckline, its target and where its highs lie', () => {
    expect([found.neckline[18], found.target[18], found.firstAgo[18], found.secondAgo[18]]).toEqual([104, 96, 10, 2]);
  });

  test('says nothing where a close goes above both highs first', () => {
    const { formed, signal } = doubleTopColumns(path([104, 100, 112, 104, 111, 107, 116, 90]), shape);
    expect([events(formed), events(signal)]).toEqual([[[18, 1]], []]);
  });

  test('is none where its highs are too unequal', () => {
    expect(events(doubleTopColumns(path([104, 100, 112, 104, 108, 96]), shape).formed)).toEqual([]);
  });

  test('upside down is a double bottom', () => {
    const bottom = doubleBottomColumns(upsideDown(path(turns)), shape);
    expect([events(bottom.formed), events(bottom.signal), bottom.neckline[18], bottom.target[18]]).toEqual([
      [[18, 1]],
      [[18, 1]],
      96,
      104,
    ]);
  });
});

describe('head and shoulders', () => {
  // A low, left shoulder on 8, head on 16, right shoulder on 24; necks at 104 on 12 and at 106 on 20.
  const turns = [104, 100, 110, 104, 118, 106, 111, 98, 97];
  const found = headAndShouldersColumns(path(turns), shape);

  test('are formed when the right shoulder is known, and speak when a close falls through the neckline', () => {
    expect([events(found.formed), events(found.signal)]).toEqual([[[26, 1]], [[26, -1]]]);
  });

  test('have a neckline through both lows, carried on, and a target as far below as the head is above', () => {
    expect([found.neckline[26], found.target[26], found.leftAgo[26], found.headAgo[26], found.rightAgo[26]]).toEqual([
      107.5, 94.5, 18, 10, 2,
    ]);
  });

  test('are none where the middle high is not the highest', () => {
    expect(events(headAndShouldersColumns(path([104, 100, 118, 104, 110, 106, 111, 98, 97]), shape).formed)).toEqual(
      [],
    );
  });

  test('upside down are inverse', () => {
    const inverse = inverseHeadAndShouldersColumns(upsideDown(path(turns)), shape);
    expect([events(inverse.formed), events(inverse.signal), inverse.neckline[26]]).toEqual([
      [[26, 1]],
      [[26, 1]],
      92.5,
    ]);
  });
});

describe('formations between two lines', () => {
  const paths: Record<BoundedKind, readonly number[]> = {
    ascending: [95, 110, 100, 110, 105, 116],
    descending: [115, 100, 110, 100, 105, 94],
    symmetrical: [95, 112, 98, 109, 101, 115],
    rectangle: [95, 110, 100, 110, 100, 115],
    'rising-wedge': [95, 108, 100, 111, 106, 109, 98],
    'falling-wedge': [115, 102, 110, 99, 104, 101, 112],
  };
  const kinds = Object.keys(paths) as BoundedKind[];

  test.each(kinds)('%s is told from the others when the last of its four swings is known', (kind) => {
    // Its swings lie on the bars 4 to 16; the last is known on 18.
    const found = kinds.filter((other) => {
      const { formed } = boundedColumns('triangle', path(paths[kind]), other, shape);
      return events(formed).some(([bar]) => bar === 18);
    });
    expect(found).toEqual([kind]);
  });

  test('speak on the first close beyond a line, and stand no longer', () => {
    const { signal, upper } = boundedColumns('triangle', path(paths.ascending), 'ascending', shape);
    expect([events(signal), upper[18], upper[19]]).toEqual([[[18, 1]], 110, NaN]);
  });
});

describe('a flag', () => {
  const flat = Array.from({ length: 20 }, (_, k) => 100 + 0.5 * (k % 2));
  const closes = [...flat, 102, 104, 106, 108, 110, 109.5, 109, 109.4, 109.1, 111];
  const close = Float64Array.from(closes);
  const bars = { high: close.map((value) => value + 0.2), low: close.map((value) => value - 0.2), close };
  const flagShape = { pole: 5, rest: 4, ranges: 3, depth: 0.5 };

  test('is known when its rest is, and speaks when a close leaves that the way the pole went', () => {
    const { formed, signal, poleHeight, upper } = flagColumns('flag', bars, flagShape, false);
    expect([formed[28], signal[28], signal[29], poleHeight[29], upper[29]]).toEqual([1, 0, 1, 9.5, 109.7]);
  });

  test('is a pennant where the rest narrows', () => {
    const narrowing = flagColumns('pennant', bars, flagShape, true).formed[28];
    const wide = close.slice();
    wide.set([109.2, 109.4, 109.8, 108.6], 25);
    const widening = flagColumns('pennant', { high: wide, low: wide, close: wide }, flagShape, true).formed[28];
    expect([narrowing, widening]).toEqual([1, 0]);
  });
});
