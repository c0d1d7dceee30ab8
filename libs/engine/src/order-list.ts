import type { Orders } from './results.js';

const rowsAtOnce = 1024;

/**
 * The bytes that the order-list hash covers, piece by piece: row by row, the fields in the order of `Orders`, each as a
 * little-endian float64; every NaN in its canonical form (0x7ff8000000000000) and -0 as 0. A piece is overwritten by the
 * next. Of a run that still goes on, the rows from `first` up to `end` can be asked for.
 */
export function* orderListBytes(orders: Orders, first = 0, end = orders.length): Generator<Uint8Array> {
  const columns = [
    orders.id,
    orders.series,
    orders.placedBar,
    orders.kind,
    orders.size,
    orders.filled,
    orders.limit,
    orders.stop,
    orders.state,
    orders.endBar,
    orders.fillPrice,
    orders.commission,
  ];
  const width = columns.length;
  const bytes = new Uint8Array(rowsAtOnce * width * 8);
  const view = new DataView(bytes.buffer);
  for (let from = first; from < end; from += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, end - from);
    for (let field = 0; field < width; field++) putColumn(view, columns[field]!, from, rows, field, width);
    yield bytes.subarray(0, rows * width * 8);
  }
}

function putColumn(
  view: DataView,
  column: Float64Array | Int32Array | Uint8Array,
  from: number,
  rows: number,
  field: number,
  width: number,
): void {
  for (let row = 0, offset = field * 8; row < rows; row++, offset += width * 8) {
    const value = column[from + row]!;
    if (value !== value) {
      view.setUint32(offset, 0, true);
      view.setUint32(offset + 4, 0x7ff80000, true);
    } else view.setFloat64(offset, value === 0 ? 0 : value, true);
  }
}
