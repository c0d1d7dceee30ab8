import { DataType, DateUnit, TimeUnit, type Vector } from 'apache-arrow';
import type { IngestOptions } from '@quarry/contracts';
import type { TimeColumn } from './column-rows.js';
import { sniffedColumn } from './sniffed-column.js';

const microsOfUnit = {
  [TimeUnit.SECOND]: 1_000_000,
  [TimeUnit.MILLISECOND]: 1000,
  [TimeUnit.MICROSECOND]: 1,
  [TimeUnit.NANOSECOND]: 0.001,
} satisfies Record<TimeUnit, number>;

/** How a column of times is read, by its type or, for figures and text, by the first values in `column`. Throws DataRefused. */
export function arrowTime(column: Vector, name: string, options: IngestOptions, fileName: string): TimeColumn {
  const type: DataType = column.type;
  const steps = (unit: number, isUtc: boolean, isDate: boolean): TimeColumn => ({
    ...{ format: { kind: 'epoch', unit }, isUtc, isDate, note: null },
  });
  if (DataType.isTimestamp(type)) return steps(microsOfUnit[type.unit], Boolean(type.timezone), false);
  if (DataType.isDate(type)) return steps(1000, false, type.unit === DateUnit.DAY);
  const cells: string[] = [];
  for (let row = 0; row < Math.min(column.length, 1000); row++) {
    const cell: unknown = column.get(row);
    if (cell !== null) cells.push(String(cell));
  }
  return sniffedColumn(cells, name, options, fileName);
}

/** Reads the times of one batch: as steps of their epoch, or as text. */
export function timeCells(column: Vector): (row: number) => bigint | string | null {
  const type: DataType = column.type;
  const [data] = column.data;
  const isStored = DataType.isTimestamp(type) || DataType.isDate(type);
  if (!isStored || !data) return textCells(column);
  // The values themselves: what `get` makes of them has lost the nanoseconds.
  const values = data.values as BigInt64Array | Int32Array;
  const scale = DataType.isDate(type) && type.unit === DateUnit.DAY ? 86_400_000n : 1n;
  return (row) => (column.isValid(row) ? BigInt(values[row]!) * scale : null);
}

export function textCells(column: Vector): (row: number) => string {
  return (row) => {
    const cell: unknown = column.get(row);
    return cell === null || cell === undefined ? '' : String(cell);
  };
}

/** Whether the column holds numbers, or truth values, which count as 1 and 0. */
export function holdsNumbers(type: DataType): boolean {
  return DataType.isFloat(type) || DataType.isInt(type) || DataType.isBool(type) || DataType.isDecimal(type);
}

/** One batch of a column of numbers; NaN where there is none. */
export function numberCells(column: Vector): Float64Array {
  const type: DataType = column.type;
  const read: (cell: unknown) => number = DataType.isDecimal(type)
    ? (cell) => decimal(cell as Uint32Array, type.scale)
    : (cell) => Number(cell);
  return Float64Array.from({ length: column.length }, (_, row) => {
    const cell: unknown = column.get(row);
    return cell === null || cell === undefined ? NaN : read(cell);
  });
}

/** A whole number in words of 32 bits, the lowest first, over a power of ten. */
function decimal(words: Uint32Array, scale: number): number {
  let whole = 0n;
  for (let k = words.length - 1; k >= 0; k--) whole = (whole << 32n) | BigInt(words[k]!);
  const signed = BigInt.asIntN(32 * words.length, whole);
  return Number(`${signed}e${-scale}`);
}
