import type { Orders } from './results.js';

/**
 * The bytes that the order-list hash covers: row by row, the fields in the order of `Orders`, each as a little-endian
 * float64; every NaN in its canonical form (0x7ff8000000000000) and -0 as 0.
 */
export function orderListBytes(orders: Orders): Uint8Array {
  const columns = [
    orders.id,
    orders.series,
    orders.placedBar,
    orders.kind,
    orders.size,
    orders.limit,
    orders.stop,
    orders.state,
    orders.endBar,
    orders.fillPrice,
    orders.commission,
  ];
  const bytes = new Uint8Array(orders.length * columns.length * 8);
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (let row = 0; row < orders.length; row++) {
    for (const column of columns) {
      const value = column[row]!;
      if (Number.isNaN(value)) view.setUint32(offset + 4, 0x7ff80000, true);
      else view.setFloat64(offset, value === 0 ? 0 : value, true);
      offset += 8;
    }
  }
  return bytes;
}
