import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { joinColumns, planSlices, requireSlice, runWhole, type SlicedWork } from './slices.js';

interface Squares {
  readonly from: number;
  readonly to: number;
  readonly values: Float64Array;
}

describe('slices', () => {
  test('are whole blocks of 64 that cover every index once, and differ by one block at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 40 }), (count, slices) => {
        const plan = planSlices(count, slices);
        const blocks = plan.map(({ from, to }) => Math.ceil((to - from) / 64));
        plan.forEach((slice) => requireSlice(slice, count));
        expect(plan.map(({ from }) => from)).toEqual([0, ...plan.slice(0, -1).map(({ to }) => to)]);
        expect(plan.at(-1)!.to).toBe(count);
        expect(Math.max(...blocks) - Math.min(...blocks)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('more slices than blocks are no use: each takes one block', () => {
    expect(planSlices(130, 16)).toEqual([
      { from: 0, to: 64 },
      { from: 64, to: 128 },
      { from: 128, to: 130 },
    ]);
  });

  test('a slice that cuts a block is refused', () => {
    expect(() => requireSlice({ from: 0, to: 100 }, 200)).toThrow('from 0 to 100 of 200 indices is not whole blocks');
  });

  test('parts are joined in the order of their indices, whichever came first', () => {
    const part = (from: number, to: number): Squares => ({
      from,
      to,
      values: Float64Array.from({ length: to - from }, (_, i) => (from + i) ** 2),
    });
    const joined = joinColumns([part(64, 100), part(0, 64)], 100, ({ values }) => values);
    expect(joined).toEqual(Float64Array.from({ length: 100 }, (_, i) => i * i));
  });

  test('a part that is missing, or there twice, is told', () => {
    const part = (from: number, to: number): Squares => ({ from, to, values: new Float64Array(to - from) });
    const join = (parts: readonly Squares[]) => (): unknown => joinColumns(parts, 192, ({ values }) => values);
    expect(join([part(0, 64), part(128, 192)])).toThrow('go on at index 128, not at 64');
    expect(join([part(0, 64), part(0, 64), part(64, 192)])).toThrow('go on at index 0, not at 64');
    expect(join([part(0, 128)])).toThrow('end at index 128, and there are 192');
  });

  test('work done whole is work done in one slice', () => {
    const work: SlicedWork<Squares, number> = {
      count: 3,
      run: (slice) => ({ ...slice, values: Float64Array.of(1, 2, 3) }),
      finish: (parts) => parts[0]!.values.reduce((sum, value) => sum + value, 0),
    };
    expect(runWhole(work)).toBe(6);
  });
});
