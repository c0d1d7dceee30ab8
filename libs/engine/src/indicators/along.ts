import { type BarSeries, clockOf } from '../bar-series.js';
import { type Cursor, cursorOf, type Series, seriesFrom } from '../series.js';

/** Several lines of one indicator, each a series. */
export type Lines<Columns> = { readonly [line in keyof Columns]: Series };

/** A column as a series that follows the same bars as `values`. */
export function along(values: Series, column: Float64Array): Series {
  return seriesFrom(column, cursorOf(values));
}

/** A column as a series that follows `bars`. */
export function over(bars: BarSeries, column: Float64Array): Series {
  return seriesFrom(column, clockOf(bars));
}

export function linesAlong<Columns extends object>(values: Series, columns: Columns): Lines<Columns> {
  return lines(cursorOf(values), columns);
}

export function linesOver<Columns extends object>(bars: BarSeries, columns: Columns): Lines<Columns> {
  return lines(clockOf(bars), columns);
}

/** @throws RangeError unless both series follow the same bars: values at one index would be of different times. */
export function requireSameBars(name: string, a: Cursor, b: Cursor): void {
  if (a === b) return;
  throw new RangeError(
    `${name}: the two series follow different bars. Bring one onto the bars of the other with asOf(values, theirBars, bars).`,
  );
}

function lines<Columns extends object>(cursor: Cursor, columns: Columns): Lines<Columns> {
  const series = Object.entries<Float64Array>(columns as Record<string, Float64Array>).map(
    ([line, column]) => [line, seriesFrom(column, cursor)] as const,
  );
  return Object.fromEntries(series) as Lines<Columns>;
}
