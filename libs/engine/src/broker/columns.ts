type Column = Float64Array | Int32Array | Uint8Array;

/** The same column with room for `capacity` values. */
export function grown<T extends Column>(column: T, capacity: number): T {
  const larger = new (column.constructor as new (length: number) => T)(capacity);
  larger.set(column);
  return larger;
}

/** The column without the room that was not used: a view, no copy. */
export function cut<T extends Column>(column: T, length: number): T {
  return column.subarray(0, length) as T;
}
