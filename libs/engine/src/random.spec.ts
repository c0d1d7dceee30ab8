import { expect, test } from '@jest/globals';
import { drawBlock, seededRandom } from './random.js';

test('the draws are those of xoshiro128**, for its published state and any block size', () => {
  // First outputs for the state 1, 2, 3, 4, by the reference code in C.
  const state = Int32Array.of(1, 2, 3, 4);
  const block = new Int32Array(4);
  drawBlock(state, block);
  const inOne = Array.from(block, (draw) => draw >>> 0);
  const again = Int32Array.of(1, 2, 3, 4);
  const oneByOne = inOne.map(() => {
    const single = new Int32Array(1);
    drawBlock(again, single);
    return single[0]! >>> 0;
  });
  expect(inOne).toEqual([11_520, 0, 5_927_040, 70_819_200]);
  expect(oneByOne).toEqual(inOne);
});

test('numbers lie in [0, 1), even over many, and differ between seeds', () => {
  const random = seededRandom(7);
  const draws = Array.from({ length: 20_000 }, random);
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...draws)).toBeLessThan(1);
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
  expect(seededRandom(8)()).not.toBe(seededRandom(7)());
});

test('a seed gives the same numbers for ever', () => {
  const random = seededRandom(1);
  expect([random(), random(), random()]).toMatchInlineSnapshot(`
    [
      0.2937819377977249,
      0.17686585013766698,
      0.7473528717408817,
    ]
  `);
});
