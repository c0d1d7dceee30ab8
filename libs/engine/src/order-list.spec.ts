import { expect, test } from '@jest/globals';
import { orderListBytes } from './order-list.js';
import type { Orders } from './results.js';
import { scripted } from './scripted.js';
import { backtest, barsFromCloses } from './testing.js';

const { orders } = backtest(
  scripted({ 0: ({ buy }) => void buy({ size: 2 }), 1: ({ sell }) => void sell({ size: 1, limit: 500 }) }),
  barsFromCloses([100, 101, 102]),
);

const bytesOf = (list: Orders): Uint8Array =>
  Uint8Array.from(Array.from(orderListBytes(list), (piece) => Array.from(piece)).flat());

test('the bytes are the rows, field by field, as little-endian float64', () => {
  const bytes = bytesOf(orders);
  expect(Array.from(new Float64Array(bytes.buffer))).toEqual([
    ...[0, 0, 0, 0, 2, 2, NaN, NaN, 0, 1, 100, 0],
    ...[1, 0, 1, 1, -1, 0, 500, NaN, 3, -1, NaN, 0],
  ]);
});

test('NaN has one form, and -0 is 0', () => {
  const odd = { ...orders, commission: Float64Array.of(-0, -NaN) };
  new DataView(odd.commission.buffer).setUint32(12, 0xfff80001, true);
  const even = { ...orders, commission: Float64Array.of(0, NaN) };
  expect(bytesOf(odd)).toEqual(bytesOf(even));
});

test('a list of many pieces is its rows in order', () => {
  const many = 2500;
  const id = Int32Array.from({ length: many }, (_, row) => row);
  const zeros = new Float64Array(many);
  const list = {
    ...{ length: many, id, series: id, placedBar: id, kind: new Uint8Array(many), state: new Uint8Array(many) },
    ...{ endBar: id, size: zeros, filled: zeros, limit: zeros, stop: zeros, fillPrice: zeros, commission: zeros },
  };
  const ids = new Float64Array(bytesOf(list).buffer).filter((_, at) => at % 12 === 0);
  expect(Array.from(ids)).toEqual(Array.from(id));
});
