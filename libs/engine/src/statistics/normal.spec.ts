import { describe, expect, test } from '@jest/globals';
import { normalCdf } from './normal-cdf.js';
import { normalQuantile } from './normal-quantile.js';

/** Computed with forty digits. */
const probabilities = new Map([
  [-37, 5.725571222524577e-300],
  [-20, 2.7536241186062337e-89],
  [-8, 6.220960574271784e-16],
  [-5.66, 7.568649751997714e-9],
  [-5.65, 8.022391850663497e-9],
  [-3, 0.0013498980316300946],
  [-1.96, 0.024997895148220435],
  [-0.7, 0.24196365222307303],
  [-0.67, 0.2514288950953101],
  [0, 0.5],
  [0.1, 0.539827837277029],
  [1, 0.8413447460685429],
  [5, 0.9999997133484281],
]);
const quantiles = new Map([
  [1e-300, -37.0470962993612],
  [1e-20, -9.262340089798407],
  [1e-5, -4.264890793922825],
  [0.025, -1.9599639845400543],
  [0.07, -1.4757910281791706],
  [0.08, -1.4050715603096327],
  [0.4, -0.2533471031357997],
  [0.75, 0.6744897501960817],
  [0.999, 3.090232306167813],
]);

const farthest = (table: ReadonlyMap<number, number>, of: (x: number) => number): number =>
  Math.max(...Array.from(table, ([x, exact]) => Math.abs(of(x) / exact - 1)));

describe('the normal distribution', () => {
  test('and its inverse are right to 5e-16, relative, in both tails', () => {
    expect([farthest(probabilities, normalCdf), farthest(quantiles, normalQuantile)].every((e) => e < 5e-16)).toBe(
      true,
    );
  });

  test('are each other’s inverse', () => {
    const there = [-8, -5, -3.3, -1, -0.2, 0, 0.4, 1.7];
    expect(there.map((x) => normalQuantile(normalCdf(x)))).toEqual(there.map((x) => expect.closeTo(x, 13)));
  });

  test('have their limits at the ends, and nothing outside', () => {
    expect([normalCdf(-Infinity), normalCdf(Infinity), normalCdf(NaN)]).toEqual([0, 1, NaN]);
    expect([normalQuantile(0), normalQuantile(1), normalQuantile(-0.1), normalQuantile(NaN)]).toEqual([
      -Infinity,
      Infinity,
      NaN,
      NaN,
    ]);
  });
});
