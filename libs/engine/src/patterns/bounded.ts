import { newColumn } from '../new-column.js';
import type { HighLowClose } from '../indicators/bar-columns.js';
import { type FormationShape, requireShape } from './formation.js';
import { SwingTrail } from './swing-trail.js';

/**
 * What the lines through the last two swing highs and the last two swing lows do. A triangle narrows with one flat line
 * (`ascending`: the upper, `descending`: the lower) or with both closing in (`symmetrical`); a `rectangle` has two flat
 * lines; a wedge narrows while both lines rise (`rising-wedge`) or fall (`falling-wedge`).
 */
export type BoundedKind = 'ascending' | 'descending' | 'symmetrical' | 'rectangle' | 'rising-wedge' | 'falling-wedge';

export interface BoundedColumns {
  /** 1 on the bar on which the formation becomes known: the last of its four swings is. Else 0. */
  readonly formed: Float64Array;
  /** On the first close beyond one of the lines while the formation stands: 1 above the upper, -1 below the lower one. Else 0. */
  readonly signal: Float64Array;
  /** The upper line at the current bar while the formation stands, NaN otherwise. */
  readonly upper: Float64Array;
  /** The lower line at the current bar while the formation stands, NaN otherwise. */
  readonly lower: Float64Array;
  /** How many bars ago the first of its four swings lay, while it stands. */
  readonly firstAgo: Float64Array;
}

/**
 * Formations between two lines (R. Edwards and J. Magee, 1948), of the newest four swings. One stands from the bar on which its
 * last swing is known until a close leaves it, its lines meet, or further swings no longer fit.
 */
export function boundedColumns(
  name: string,
  bars: HighLowClose,
  kind: BoundedKind,
  shape: FormationShape,
): BoundedColumns {
  requireShape(name, shape);
  const { close } = bars;
  const { length } = close;
  const trail = new SwingTrail(bars, shape);
  const column = (): Float64Array => newColumn(length);
  const out = { formed: column(), signal: column(), upper: column(), lower: column(), firstAgo: column() };
  let stands = false;
  for (let i = 0; i < length; i++) {
    const isChanged = trail.advance(i);
    if (!trail.isReady) {
      stands = false;
      out.formed[i] = out.signal[i] = NaN;
    } else if (isChanged) {
      const before = stands;
      stands = trail.count >= 4 && kindOf(trail, shape.tolerance) === kind;
      out.formed[i] = Number(stands && !before);
    }
    const upper = stands ? lineAt(trail, trail.endsHigh ? 0 : 1, i) : NaN;
    const lower = stands ? lineAt(trail, trail.endsHigh ? 1 : 0, i) : NaN;
    if (upper <= lower) stands = false;
    out.upper[i] = stands ? upper : NaN;
    out.lower[i] = stands ? lower : NaN;
    out.firstAgo[i] = stands ? i - trail.bar(3) : NaN;
    if (!stands) continue;
    if (close[i]! > upper) out.signal[i] = 1;
    else if (close[i]! < lower) out.signal[i] = -1;
    stands = out.signal[i] === 0;
  }
  return out;
}

/** @throws RangeError unless the kind is one of those named. */
export function requireKind(name: string, kind: BoundedKind, allowed: readonly BoundedKind[]): void {
  if (allowed.includes(kind)) return;
  throw new RangeError(`${name}: the kind must be ${allowed.join(' or ')}, not ${String(kind)}.`);
}

/** The line through swing `back` and the one of its side before it, at bar `i`. */
function lineAt(trail: SwingTrail, back: number, i: number): number {
  const slope = (trail.price(back) - trail.price(back + 2)) / (trail.bar(back) - trail.bar(back + 2));
  return trail.price(back) + slope * (i - trail.bar(back));
}

function kindOf(trail: SwingTrail, tolerance: number): BoundedKind | null {
  const newHigh = trail.endsHigh ? 0 : 1;
  const newLow = 1 - newHigh;
  const first = trail.bar(3);
  const begin = lineAt(trail, newHigh, first) - lineAt(trail, newLow, first);
  const end = lineAt(trail, newHigh, trail.bar(0)) - lineAt(trail, newLow, trail.bar(0));
  if (!(begin > 0 && end > 0)) return null;
  const top = direction(trail.price(newHigh) - trail.price(newHigh + 2), tolerance * begin);
  const bottom = direction(trail.price(newLow) - trail.price(newLow + 2), tolerance * begin);
  if (top === 0 && bottom === 0) return 'rectangle';
  if (end >= begin) return null;
  if (top === 0) return bottom > 0 ? 'ascending' : null;
  if (bottom === 0) return top < 0 ? 'descending' : null;
  if (top !== bottom) return 'symmetrical';
  return top > 0 ? 'rising-wedge' : 'falling-wedge';
}

function direction(rise: number, flat: number): -1 | 0 | 1 {
  if (Math.abs(rise) <= flat) return 0;
  return rise > 0 ? 1 : -1;
}
