import { type BarSeries, barsOf } from '../bar-series.js';
import { type Lines, linesOver } from '../indicators/along.js';
import { type BoundedColumns, boundedColumns, requireKind } from './bounded.js';
import { doubleBottomColumns, doubleTopColumns, type DoubleTopColumns } from './double-top.js';
import { flagColumns, type FlagColumns, type FlagShape } from './flag.js';
import { defaultShape, type FormationShape } from './formation.js';
import {
  headAndShouldersColumns,
  type HeadAndShouldersColumns,
  inverseHeadAndShouldersColumns,
} from './head-and-shoulders.js';
import { type SwingColumns, swingColumns, type SwingReach } from './swings.js';

// Formations speak on the bar on which they are known, not on that on which they began: a swing is known `right` bars after
// it lay, and everything built of swings waits for that.

/**
 * Swing highs and lows: extremes of `left` bars before and `right` bars after, 5 and 5 where not given; known `right` bars
 * later. `high` and `low` hold the newest known levels, `highAgo` and `lowAgo` tell where they lay.
 * @throws RangeError unless `left` and `right` are whole numbers of bars, 1 or more.
 * @example const { high } = swings(bars, { left: 3, right: 3 }); // in next: bars.close.now > high.now
 */
export function swings(bars: BarSeries, reach: Partial<SwingReach> = {}): Lines<SwingColumns> {
  return linesOver(bars, swingColumns(barsOf(bars), { left: 5, right: 5, ...reach }));
}

/**
 * Double top: two swing highs as good as equal after a rise. `formed` is 1 when the second is known, `signal` is -1 when a
 * close then falls through the low between them.
 * @throws RangeError unless `left` and `right` are whole numbers of bars, 1 or more, and `tolerance` is from 0 to 1.
 */
export function doubleTop(bars: BarSeries, shape: Partial<FormationShape> = {}): Lines<DoubleTopColumns> {
  return linesOver(bars, doubleTopColumns(barsOf(bars), { ...defaultShape, ...shape }));
}

/**
 * Double bottom: two swing lows as good as equal after a fall. `formed` is 1 when the second is known, `signal` is 1 when a
 * close then rises through the high between them.
 * @throws RangeError unless `left` and `right` are whole numbers of bars, 1 or more, and `tolerance` is from 0 to 1.
 */
export function doubleBottom(bars: BarSeries, shape: Partial<FormationShape> = {}): Lines<DoubleTopColumns> {
  return linesOver(bars, doubleBottomColumns(barsOf(bars), { ...defaultShape, ...shape }));
}

/**
 * Head and shoulders: three swing highs after a rise, the middle one the highest. `formed` is 1 when the third is known,
 * `signal` is -1 when a close then falls through the neckline.
 * @throws RangeError unless `left` and `right` are whole numbers of bars, 1 or more, and `tolerance` is from 0 to 1.
 */
export function headAndShoulders(bars: BarSeries, shape: Partial<FormationShape> = {}): Lines<HeadAndShouldersColumns> {
  return linesOver(bars, headAndShouldersColumns(barsOf(bars), { ...defaultShape, ...shape }));
}

/**
 * Inverse head and shoulders: three swing lows after a fall, the middle one the lowest. `formed` is 1 when the third is
 * known, `signal` is 1 when a close then rises through the neckline.
 * @throws RangeError unless `left` and `right` are whole numbers of bars, 1 or more, and `tolerance` is from 0 to 1.
 */
export function inverseHeadAndShoulders(
  bars: BarSeries,
  shape: Partial<FormationShape> = {},
): Lines<HeadAndShouldersColumns> {
  return linesOver(bars, inverseHeadAndShouldersColumns(barsOf(bars), { ...defaultShape, ...shape }));
}

/**
 * Triangle of the newest four swings: `ascending` under a flat top, `descending` over a flat bottom, `symmetrical` with both
 * lines closing in. `signal` is 1 or -1 on the first close beyond a line.
 * @throws RangeError unless the kind is one of these and the shape as in doubleTop.
 */
export function triangle(
  bars: BarSeries,
  kind: 'ascending' | 'descending' | 'symmetrical',
  shape: Partial<FormationShape> = {},
): Lines<BoundedColumns> {
  requireKind('triangle', kind, ['ascending', 'descending', 'symmetrical']);
  return linesOver(bars, boundedColumns('triangle', barsOf(bars), kind, { ...defaultShape, ...shape }));
}

/**
 * Rectangle of the newest four swings: two flat lines. `signal` is 1 or -1 on the first close beyond one of them.
 * @throws RangeError unless the shape is as in doubleTop.
 */
export function rectangle(bars: BarSeries, shape: Partial<FormationShape> = {}): Lines<BoundedColumns> {
  return linesOver(bars, boundedColumns('rectangle', barsOf(bars), 'rectangle', { ...defaultShape, ...shape }));
}

/**
 * Wedge of the newest four swings: two lines that both rise or both fall, and close in. `signal` is 1 or -1 on the first
 * close beyond one of them.
 * @throws RangeError unless the kind is one of these and the shape as in doubleTop.
 */
export function wedge(
  bars: BarSeries,
  kind: 'rising-wedge' | 'falling-wedge',
  shape: Partial<FormationShape> = {},
): Lines<BoundedColumns> {
  requireKind('wedge', kind, ['rising-wedge', 'falling-wedge']);
  return linesOver(bars, boundedColumns('wedge', barsOf(bars), kind, { ...defaultShape, ...shape }));
}

/**
 * Flag: a steep move and a short rest after it. `formed` tells that the last bars are such a rest, `signal` is 1 or -1 when a
 * close leaves it the way the pole went. 5 and 8 bars, 3 ranges and half the pole where not given.
 * @throws RangeError unless `pole` is a whole number of bars, 1 or more, `rest` 4 or more, `ranges` 0 or more, `depth` 0 to 1.
 */
export function flag(bars: BarSeries, shape: Partial<FlagShape> = {}): Lines<FlagColumns> {
  return linesOver(bars, flagColumns('flag', barsOf(bars), { ...defaultFlag, ...shape }, false));
}

/**
 * Pennant: a flag whose rest narrows.
 * @throws RangeError as flag does.
 */
export function pennant(bars: BarSeries, shape: Partial<FlagShape> = {}): Lines<FlagColumns> {
  return linesOver(bars, flagColumns('pennant', barsOf(bars), { ...defaultFlag, ...shape }, true));
}

const defaultFlag: FlagShape = { pole: 5, rest: 8, ranges: 3, depth: 0.5 };
