import { expect, test } from '@jest/globals';
import { noPrices } from './order-ticket.js';
import { OrderTable } from './order-table.js';
import { WorkingOrder } from './working-order.js';

const ticket = { series: 0, side: 1, units: 10, share: 0, prices: noPrices, terms: null, tag: 0 };

function waiting(table: OrderTable): WorkingOrder {
  const order = new WorkingOrder().begin(ticket, 0, 0);
  table.placed(order, 0);
  return order;
}

test('an order that filled in part still waits: whoever reads what has ended does not read it yet', () => {
  const table = new OrderTable(4);
  const order = waiting(table);
  order.units = 6;
  table.partlyFilled(order, 1, 4, 100, 0);
  expect(table.settled).toBe(0);
  table.filled(order, 2, 6, 110, 0);
  expect([table.settled, table.orders().filled[0], table.orders().fillPrice[0]]).toEqual([1, 10, 106]);
});

test('a split puts an order into other terms, what was filled of it too', () => {
  const table = new OrderTable(4);
  const order = waiting(table);
  order.units = 6;
  table.partlyFilled(order, 1, 4, 100, 0);
  order.units = 12;
  table.restated(order, 2);
  const { filled, fillPrice, size } = table.orders();
  expect([filled[0], fillPrice[0], size[0]]).toEqual([8, 50, 20]);
});
