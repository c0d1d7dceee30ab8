import { describe, expect, test } from '@jest/globals';
import { RandomStream } from './random-stream.js';
import { type BlockScheme, ResamplingBlocks } from './resampling-blocks.js';

function drawnRows(scheme: BlockScheme, rows: number, index: number): Int32Array {
  const blocks = new ResamplingBlocks(scheme, rows);
  blocks.draw(new RandomStream(3, index));
  const drawn = new Int32Array(rows).fill(-1);
  blocks.writeRows(drawn);
  return drawn;
}

describe('blocks of rows', () => {
  test('make up a resample of exactly as many rows, all of them real', () => {
    const drawn = [1, 4.5, 60].map((length) => drawnRows({ kind: 'stationary', length }, 60, 1));
    expect(drawn.every((rows) => rows.every((row) => row >= 0 && row < 60))).toBe(true);
  });

  test('of the stationary bootstrap go on with probability 1 - 1/length, over the end to the first row', () => {
    let goesOn = 0;
    let wraps = 0;
    let count = 0;
    for (let index = 0; index < 2000; index++) {
      const rows = drawnRows({ kind: 'stationary', length: 8 }, 100, index);
      for (let i = 1; i < rows.length; i++, count++) {
        if (rows[i] === (rows[i - 1]! + 1) % 100) goesOn++;
        if (rows[i] === 0 && rows[i - 1] === 99) wraps++;
      }
    }
    // A new block starts at the next row by chance once in a hundred.
    expect(goesOn / count).toBeCloseTo(7 / 8 + 1 / 800, 2);
    expect(wraps).toBeGreaterThan(0);
  });

  test('of the stationary bootstrap draw every row equally often', () => {
    const times = new Float64Array(50);
    for (let index = 0; index < 4000; index++) {
      for (const row of drawnRows({ kind: 'stationary', length: 5 }, 50, index)) times[row]!++;
    }
    expect(Math.max(...times.map((time) => Math.abs(time / 4000 - 1)))).toBeLessThan(0.15);
  });

  test('that move have one length and stay within the rows; the last is cut', () => {
    const rows = drawnRows({ kind: 'moving', length: 7 }, 30, 2);
    const starts = [0, 7, 14, 21, 28].map((at) => rows[at]!);
    expect(starts.every((start) => start <= 23)).toBe(true);
    expect(Array.from(rows)).toEqual(
      starts.flatMap((start, i) => [0, 1, 2, 3, 4, 5, 6].slice(0, i < 4 ? 7 : 2).map((k) => start + k)),
    );
  });

  test('a length that cannot be is refused', () => {
    expect(() => new ResamplingBlocks({ kind: 'stationary', length: 0.5 }, 10)).toThrow('Blocks are 0.5 long');
    expect(() => new ResamplingBlocks({ kind: 'moving', length: 2.5 }, 10)).toThrow('must be a whole number');
  });
});
