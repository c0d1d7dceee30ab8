import type { Bars } from '../bars.js';
import { RandomStream } from '../monte-carlo/random-stream.js';
import { dot, norm, orthonormal, residual } from './least-squares.js';
import { marketColumns, type MarketColumns } from './market-columns.js';

/** How much a column knows of bars that come after its own. */
export interface Foresight {
  /**
   * Part of what the past leaves unexplained of the column that the bars after it explain: about 0 for an honest column,
   * 1 for one made of them.
   */
  readonly share: number;
  /** The same for the column held against bars that it cannot know: the most of many such. */
  readonly byChance: number;
  /** What was looked at. */
  readonly of: Reading;
}

/**
 * How a column is read: its value, its change from bar to bar, its distance from the close; its rank among its values,
 * for those of which a few are far from the others; its value with the sign of the bar's own return, for those that say
 * whether the market goes on or turns.
 */
type Reading = 'value' | 'change' | 'distance from the close' | 'rank' | 'value by the side of the last return';

/** So many rows tell enough, taken evenly over all bars. */
const mostRows = 5_000;
const fewestRows = 120;
const shifts = 39;
/** An honest column does not explain so much more of the future than chance; predictors that earn a living explain a hundredth. */
const leastExcess = 0.1;
/**
 * … and at least so many times as much as the most that was seen by chance. Of 1,400 slow waves that knew nothing, none
 * came to more than 1.5 times.
 */
const moreThanChance = 2;
/** Of values that barely move from bar to bar there are too few that are independent. */
const leastIndependent = 25;
/** A column that the past explains but for this part of it is made of the past. */
const negligible = 1e-6;

/**
 * Whether a further column of the bars knows what comes after them. Its values are regressed on returns, their sizes and
 * volumes of the bars up to each (alone, and summed over stretches that double in length); what that leaves is regressed
 * on the same of the bars after. What counts as chance is told by the same regression with the column moved along the
 * bars by many random distances, which keeps all its own habits and breaks only the bond with the future.
 * Null where the column shows no foresight.
 */
export function foresightOf(bars: Bars, name: string, seed = 1): Foresight | null {
  const column = bars.extra[name]!;
  let found: Foresight | null = null;
  for (const [of, values] of readings(column, bars)) {
    const market = marketColumns(bars, values, mostRows);
    if (market.rows < fewestRows) continue;
    const seen = test(market, of, seed);
    if (seen && (!found || seen.share > found.share)) found = seen;
  }
  return found;
}

function readings(column: Float64Array, { close }: Bars): (readonly [Reading, Float64Array])[] {
  const change = column.map((value, i) => (i === 0 ? NaN : value - column[i - 1]!));
  const isPrice = column.every((value) => !(value <= 0));
  const sided = column.map((value, i) => value * (i === 0 ? NaN : Math.sign(close[i]! - close[i - 1]!)));
  return [
    ['value', column],
    ['change', change],
    ['rank', ranksOf(column)],
    ['value by the side of the last return', sided],
    ...(isPrice ? [['distance from the close', column.map((value, i) => Math.log(value / close[i]!))] as const] : []),
  ];
}

/** Of each value among all, equal ones at their middle; NaN where there is none. */
function ranksOf(column: Float64Array): Float64Array {
  const rows = Array.from(column.keys()).filter((row) => Number.isFinite(column[row]!));
  rows.sort((a, b) => column[a]! - column[b]!);
  const ranks = new Float64Array(column.length).fill(NaN);
  for (let from = 0, to = 0; from < rows.length; from = to) {
    while (to < rows.length && column[rows[to]!] === column[rows[from]!]) to++;
    for (let i = from; i < to; i++) ranks[rows[i]!] = (from + to - 1) / 2;
  }
  return ranks;
}

function test(market: MarketColumns, of: Reading, seed: number): Foresight | null {
  const { value, past, future } = market;
  const known = orthonormal(past);
  const surprise = residual(residual(value, known), known);
  const spread = norm(residual(value, known.slice(0, 1)));
  if (!(norm(surprise) > negligible * spread)) return null;
  if (independentRows(surprise) < leastIndependent) return null;
  const ahead = orthonormal(future, known);
  const share = explained(surprise, ahead);
  if (share < leastExcess) return singleBar(surprise, market, of);
  const chance = new RandomStream(seed, 0);
  let byChance = 0;
  for (let i = 0; i < shifts; i++) {
    const by = Math.floor(surprise.length * (0.1 + 0.8 * chance.uniform()));
    byChance = Math.max(byChance, explained(moved(surprise, by), ahead));
  }
  return share >= leastExcess + moreThanChance * byChance ? { share, byChance, of } : null;
}

/** A column that knows one far bar alone, of which a sum over a stretch shows little. */
function singleBar(surprise: Float64Array, { reach, returnAhead }: MarketColumns, of: Reading): Foresight | null {
  let share = 0;
  for (let ahead = 1; ahead <= reach; ahead++) {
    share = Math.max(share, explained(surprise, orthonormal([returnAhead(ahead)])));
  }
  // Returns hardly depend on those before: by chance the part is about 1 / rows, and of 256 bars the most about 20 / rows.
  const byChance = 20 / surprise.length;
  return share >= leastExcess + moreThanChance * byChance ? { share, byChance, of } : null;
}

/** R² of a column on orthonormal ones. */
function explained(column: Float64Array, basis: readonly Float64Array[]): number {
  const all = dot(column, column);
  return basis.reduce((sum, one) => sum + dot(column, one) ** 2, 0) / all;
}

function moved(column: Float64Array, by: number): Float64Array {
  const found = new Float64Array(column.length);
  found.set(column.subarray(by));
  found.set(column.subarray(0, by), column.length - by);
  return found;
}

/** As many independent values would tell as much of the mean, by the correlation of each with the next. */
function independentRows(column: Float64Array): number {
  const next = column.subarray(1);
  const here = column.subarray(0, -1);
  const correlation = dot(here, next) / (norm(here) * norm(next));
  return (column.length * (1 - correlation)) / (1 + correlation);
}
