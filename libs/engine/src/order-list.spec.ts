import { expect, test } from '@jest/globals';
import { orderListBytes } from './order-list.js';
import { scripted } from './scripted.js';
import { backtest, barsFromCloses } from './testing.js';

const { orders } = backtest(
  scripted({ 0: ({ buy }) => void buy({ size: 2 }), 1: ({ sell }) => void sell({ size: 1, limit: 500 }) }),
  barsFromCloses([100, 101, 102]),
);

test('the bytes are the rows, field by field, as little-endian float64', () => {
  const bytes = orderListBytes(orders);
  expect(Array.from(new Float64Array(bytes.buffer))).toEqual([
    ...[0, 0, 0, 0, 2, NaN, NaN, 0, 1, 100, 0],
    ...[1, 0, 1, 1, -1, 500, NaN, 3, -1, NaN, 0],
  ]);
});

test('NaN has one form, and -0 is 0', () => {
  const odd = { ...orders, commission: Float64Array.of(-0, -NaN) };
  new DataView(odd.commission.buffer).setUint32(12, 0xfff80001, true);
  const even = { ...orders, commission: Float64Array.of(0, NaN) };
  expect(orderListBytes(odd)).toEqual(orderListBytes(even));
});
