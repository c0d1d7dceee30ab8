/** An indicator's column over one other column and one window: what a search asks for again and again. */
type WindowedColumn = (values: Float64Array, window: number) => Float64Array;

let room = 0;
let taken = 0;
/** By the column looked at, what was computed of it, and the window. */
let known = new Map<Float64Array, Map<WindowedColumn, Map<number, Float64Array>>>();

/**
 * From now on columns of indicators are kept for the next runs over the same bars, up to so many bytes; 0 keeps none, as
 * at the start. The engine alone holds columns, and writes to one only while it computes it, so runs may share them.
 */
export function rememberColumns(bytes: number): void {
  room = bytes;
  taken = 0;
  known = new Map();
}

/** `compute(values, window)`, or what it gave before. Whatever it throws passes through. */
export function remembered(compute: WindowedColumn, values: Float64Array, window: number): Float64Array {
  if (room === 0) return compute(values, window);
  const found = known.get(values)?.get(compute)?.get(window);
  if (found) return found;
  const column = compute(values, window);
  if (taken + column.byteLength > room) rememberColumns(room);
  if (column.byteLength > room) return column;
  taken += column.byteLength;
  const ofValues = entry(known, values, () => new Map<WindowedColumn, Map<number, Float64Array>>());
  entry(ofValues, compute, () => new Map<number, Float64Array>()).set(window, column);
  return column;
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (!value) map.set(key, (value = make()));
  return value;
}
