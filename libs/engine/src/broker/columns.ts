type Column = Float64Array | Int32Array | Uint8Array;

/** The same column with room for `capacity` values. */
export function grown<T extends Column>(column: T, capacity: number): T {
  const larger = new (column.constructor as new (length: number) => T)(capacity);
  larger.set(column);
  return larger;
}

/** The column without the room that was never used. */
export function cut<T extends Column>(column: T, length: number): T {
  return length === column.length ? column : (column.slice(0, length) as T);
}
