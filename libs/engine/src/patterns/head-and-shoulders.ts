import { newColumn } from '../new-column.js';
import type { HighLowClose } from '../indicators/bar-columns.js';
import { type FormationShape, mirrored, negated, requireShape } from './formation.js';
import { SwingTrail } from './swing-trail.js';

export interface HeadAndShouldersColumns {
  /** 1 on the bar on which the formation becomes known: its second shoulder is. Else 0. */
  readonly formed: Float64Array;
  /** On the bar that closes through the neckline: -1 of a top, 1 of an inverse. Else 0. */
  readonly signal: Float64Array;
  /** The line through the two swings beside the head, at the current bar; of the newest formation that is known. */
  readonly neckline: Float64Array;
  /** As far beyond the neckline as the head lies before it. */
  readonly target: Float64Array;
  /** How many bars ago the first shoulder lay. */
  readonly leftAgo: Float64Array;
  /** How many bars ago the head lay. */
  readonly headAgo: Float64Array;
  /** How many bars ago the second shoulder lay. */
  readonly rightAgo: Float64Array;
}

/**
 * Head and shoulders (R. Edwards and J. Magee, 1948): three swing highs, the middle one the highest, the outer two as good as
 * equal, after a rise. Known when the third is; a signal when a close then falls through the line through the two lows
 * between them, unless one has gone above the head before.
 */
export function headAndShouldersColumns(bars: HighLowClose, shape: FormationShape): HeadAndShouldersColumns {
  requireShape('headAndShoulders', shape);
  return tops(bars, shape);
}

/** Inverse head and shoulders: the same upside down. */
export function inverseHeadAndShouldersColumns(bars: HighLowClose, shape: FormationShape): HeadAndShouldersColumns {
  requireShape('inverseHeadAndShoulders', shape);
  const { signal, neckline, target, ...others } = tops(mirrored(bars), shape);
  for (let i = 0; i < signal.length; i++) signal[i] = 0 - signal[i]!;
  return { ...others, signal, neckline: negated(neckline), target: negated(target) };
}

function tops(bars: HighLowClose, shape: FormationShape): HeadAndShouldersColumns {
  const { close } = bars;
  const { length } = close;
  const trail = new SwingTrail(bars, shape);
  const column = (): Float64Array => newColumn(length);
  const out = {
    formed: column(),
    signal: column(),
    neckline: column(),
    target: column(),
    leftAgo: column(),
    headAgo: column(),
    rightAgo: column(),
  };
  let isWaiting = false;
  let isKnown = false;
  let head = NaN;
  let height = NaN;
  let neck = NaN;
  let slope = NaN;
  let [left, middle, right, neckBar] = [0, 0, 0, 0];
  for (let i = 0; i < length; i++) {
    const isChanged = trail.advance(i);
    if (!trail.isReady) {
      isWaiting = isKnown = false;
      out.formed[i] = out.signal[i] = NaN;
    } else if (isChanged && isTop(trail, shape.tolerance)) {
      isWaiting = isKnown = true;
      out.formed[i] = 1;
      [left, middle, right, neckBar] = [trail.bar(4), trail.bar(2), trail.bar(0), trail.bar(1)];
      neck = trail.price(1);
      slope = neckSlope(trail);
      head = trail.price(2);
      height = headHeight(trail);
    }
    const line = isKnown ? neck + slope * (i - neckBar) : NaN;
    if (isWaiting && close[i]! < line) {
      out.signal[i] = -1;
      isWaiting = false;
    } else if (close[i]! > head) isWaiting = false;
    out.neckline[i] = line;
    out.target[i] = line - height;
    out.leftAgo[i] = isKnown ? i - left : NaN;
    out.headAgo[i] = isKnown ? i - middle : NaN;
    out.rightAgo[i] = isKnown ? i - right : NaN;
  }
  return out;
}

function isTop(trail: SwingTrail, tolerance: number): boolean {
  if (!trail.endsHigh || trail.count < 6) return false;
  const [right, head, left] = [trail.price(0), trail.price(2), trail.price(4)];
  if (head <= left || head <= right || trail.price(5) >= trail.price(3)) return false;
  const neckAtRight = trail.price(1) + neckSlope(trail) * (trail.bar(0) - trail.bar(1));
  return right > neckAtRight && Math.abs(left - right) <= tolerance * headHeight(trail);
}

/** Of the line through the lows on both sides of the head. */
function neckSlope(trail: SwingTrail): number {
  return (trail.price(1) - trail.price(3)) / (trail.bar(1) - trail.bar(3));
}

function headHeight(trail: SwingTrail): number {
  return trail.price(2) - (trail.price(1) + neckSlope(trail) * (trail.bar(2) - trail.bar(1)));
}
