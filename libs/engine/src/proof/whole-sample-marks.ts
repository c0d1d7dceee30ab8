import type { Bars } from '../bars.js';
import { dot, norm, orthonormal } from './least-squares.js';

/** A mark that whole-sample arithmetic leaves on a column, in words; null where it is not there. */
type Mark = (column: Float64Array, bars: Bars) => string | null;

const fewestValues = 50;
/** A number of a file may be rounded: so near is exactly. */
const exact = 1e-9;
/** A sum over many rounded numbers, as a part of their size, is 0 where it is below this over the root of their number. */
const rounding = 1e-5;

/**
 * What a column tells of having been computed from all of its rows at once: a mean of exactly 0 is no chance. Each value
 * of such a column knows the rows that follow it. Null where it bears no such mark.
 */
export function wholeSampleMark(bars: Bars, name: string): string | null {
  const column = bars.extra[name]!;
  const values = column.filter(Number.isFinite);
  if (values.length < fewestValues) return null;
  const distinct = new Set(values).size;
  if (distinct < 3) return null;
  const marks = distinct > values.length / 2 ? marksOfNumbers : marksOfClasses;
  for (const mark of marks) {
    const found = mark(column, bars);
    if (found !== null) return found;
  }
  return null;
}

/** Scaled to mean 0 over the whole, as a z-score is, or what a regression over the whole left. */
const centred: Mark = (column, bars) => {
  const rows = rowsOf(column);
  const values = Float64Array.from(rows, (row) => column[row]!);
  const one = new Float64Array(rows.length).fill(1);
  const [level] = orthonormal([one]);
  const slack = (rounding / Math.sqrt(rows.length)) * norm(values);
  if (Math.abs(dot(values, level!)) > slack) return null;
  const isScaled = [rows.length, rows.length - 1].some((n) => Math.abs(dot(values, values) / n - 1) < rounding);
  if (isScaled) return `its mean over all rows is exactly 0 and its standard deviation exactly 1`;
  const trend = Float64Array.from(rows, (row) => row);
  const [line] = orthonormal([trend], [level!]);
  if (Math.abs(dot(values, line!)) <= slack)
    return 'its mean and its trend over all rows are exactly 0, as a straight line fitted to the whole leaves it';
  const prices = Float64Array.from(rows, (row) => bars.close[row]!);
  const [price] = orthonormal([prices], [level!]);
  if (price && Math.abs(dot(values, price)) <= slack)
    return 'its mean and its correlation with the close over all rows are exactly 0, as a fit to the whole leaves it';
  return 'its mean over all rows is exactly 0';
};

/** Scaled to the smallest and the largest of the whole. */
const between: Mark = (column) => {
  const values = column.filter(Number.isFinite);
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  if (![0, -1].includes(least) || most !== 1) return null;
  const times = (bound: number) => values.reduce((count, value) => count + (value === bound ? 1 : 0), 0);
  if (times(least) !== 1 || times(most) !== 1) return null;
  return `it runs from exactly ${least} to exactly 1 and reaches each once, as scaling by the extremes of the whole does`;
};

/** The rank of each value among all, or its share of them. */
const ranked: Mark = (column) => {
  const values = column.filter(Number.isFinite).sort();
  const step = (values[values.length - 1]! - values[0]!) / (values.length - 1);
  if (!(step > 0)) return null;
  // Rows in their own order are a counter, which is known in time.
  const isCounter = column.every((value, i) => i === 0 || !Number.isFinite(value) || value > column[i - 1]!);
  if (isCounter) return null;
  const even = values.every((value, i) => Math.abs(value - values[0]! - i * step) <= 0.51 * step);
  const onGrid = values.every((value) => {
    const place = ((value - values[0]!) / step) * 2;
    return Math.abs(place - Math.round(place)) < 0.02;
  });
  return even && onGrid ? 'its values are evenly spaced, as ranks among all rows are' : null;
};

/** How much of the whole has been reached. */
const cumulated: Mark = (column) => {
  const values = column.filter(Number.isFinite);
  const rises = values.every((value, i) => i === 0 || value >= values[i - 1]!);
  const steps = new Set(values.map((value, i) => (i === 0 ? 0 : Math.round((value - values[i - 1]!) * 1e12))));
  if (!rises || Math.abs(values.at(-1)! - 1) > exact || values[0]! < 0 || steps.size < 5) return null;
  return 'it rises to exactly 1 at the last row, as shares of a total of the whole do';
};

/** How far it still is to the end, or how much of the end has been reached. */
const towardsTheEnd: Mark = (column) => {
  const values = column.filter(Number.isFinite);
  const end = [0, 1].find((one) => column.at(-1) === one && values.indexOf(one) === values.length - 1);
  if (end === undefined) return null;
  return `it is ${end} at the last row and nowhere else, as what is measured by the end of the whole is`;
};

/** Divided by the mean of the whole. */
const aroundOne: Mark = (column) => {
  const values = column.filter(Number.isFinite);
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return Math.abs(mean - 1) < (0.1 * rounding) / Math.sqrt(values.length)
    ? 'its mean over all rows is exactly 1'
    : null;
};

/** Straight lines between points far apart: each value knows the point that comes. */
const interpolated: Mark = (column) => {
  const values = column.filter(Number.isFinite);
  const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let straight = 0;
  const slopes = new Set<number>();
  for (let i = 2; i < values.length; i++) {
    const slope = values[i]! - values[i - 1]!;
    const bend = slope - (values[i - 1]! - values[i - 2]!);
    if (Math.abs(slope) <= 1e-12 * scale || Math.abs(bend) > 1e-10 * scale) continue;
    straight++;
    slopes.add(Math.round((slope / scale) * 1e9));
  }
  return straight > values.length / 2 && slopes.size >= 5
    ? 'it runs in straight lines of many slopes, as values interpolated between later ones do'
    : null;
};

/** Classes of equal size: cut at quantiles of the whole. */
const equalClasses: Mark = (column) => {
  const values = Array.from(column).filter(Number.isFinite);
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sizes = [...counts.values()];
  const largest = Math.max(...sizes);
  if (sizes.length < 3 || sizes.length > values.length / 10 || largest - Math.min(...sizes) > 1) return null;
  const period = sizes.length;
  const returns = values.every((value, i) => i < period || value === values[i - period]);
  return returns
    ? null
    : `each of its ${period} values stands in equally many rows, as classes cut at quantiles of the whole do`;
};

/** How far ahead a model may look, bars. */
const horizons = [1, 2, 3, 5, 10, 20, 21];
/** So near to 1 a slope is exactly 1. */
const exactSlope = 1e-6;

/**
 * What a regression of later returns on anything says of the very rows that it was fitted to: such values and what they
 * miss are orthogonal, so the regression of the return on them has a slope of exactly 1.
 */
const fittedAhead: Mark = (column, { close }) => {
  for (const horizon of horizons) {
    for (const [kind, returnOf] of kindsOfReturns) {
      const rows = rowsOf(column).filter((row) => row + horizon < close.length);
      const said = Float64Array.from(rows, (row) => column[row]!);
      const came = Float64Array.from(rows, (row) => returnOf(close[row]!, close[row + horizon]!));
      if (!isFit(said, came) && !isFit(lessMean(said), lessMean(came))) continue;
      return `the ${kind} over the next ${horizon} bar${horizon === 1 ? '' : 's'} has a slope of exactly 1 on it, as on a model that was fitted to all rows`;
    }
  }
  return null;
};

const kindsOfReturns: readonly (readonly [string, (from: number, to: number) => number])[] = [
  ['return', (from, to) => to / from - 1],
  ['log return', (from, to) => Math.log(to / from)],
  ['move of the price', (from, to) => to - from],
];

function isFit(said: Float64Array, came: Float64Array): boolean {
  const size = dot(said, said);
  const missed = came.map((value, i) => value - said[i]!);
  return size > 0 && norm(missed) > exactSlope * norm(came) && Math.abs(dot(said, missed)) <= exactSlope * size;
}

function lessMean(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

const marksOfNumbers: readonly Mark[] = [
  fittedAhead,
  centred,
  between,
  ranked,
  cumulated,
  towardsTheEnd,
  aroundOne,
  interpolated,
];
const marksOfClasses: readonly Mark[] = [fittedAhead, equalClasses, interpolated];

function rowsOf(column: Float64Array): number[] {
  const rows: number[] = [];
  for (let row = 0; row < column.length; row++) if (Number.isFinite(column[row]!)) rows.push(row);
  return rows;
}
