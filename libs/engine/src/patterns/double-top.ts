import { newColumn } from '../new-column.js';
import type { HighLowClose } from '../indicators/bar-columns.js';
import { type FormationShape, mirrored, negated, requireShape } from './formation.js';
import { SwingTrail } from './swing-trail.js';

export interface DoubleTopColumns {
  /** 1 on the bar on which the formation becomes known: its second extreme is. Else 0. */
  readonly formed: Float64Array;
  /** On the bar that closes through the neckline: -1 of a top, 1 of a bottom. Else 0. */
  readonly signal: Float64Array;
  /** The swing between the two extremes, of the newest formation that is known. */
  readonly neckline: Float64Array;
  /** As far beyond the neckline as the extremes lie before it. */
  readonly target: Float64Array;
  /** How many bars ago the first extreme lay. */
  readonly firstAgo: Float64Array;
  /** How many bars ago the second extreme lay. */
  readonly secondAgo: Float64Array;
}

/**
 * Double top (R. Edwards and J. Magee, Technical Analysis of Stock Trends, 1948): a rise to two swing highs as good as equal,
 * with a swing low between them that lies above the one before the rise. Known when the second high is; a signal
 * when a close then falls through the low between them, unless one has gone above both highs before.
 */
export function doubleTopColumns(bars: HighLowClose, shape: FormationShape): DoubleTopColumns {
  requireShape('doubleTop', shape);
  return tops(bars, shape);
}

/** Double bottom: a double top upside down. */
export function doubleBottomColumns(bars: HighLowClose, shape: FormationShape): DoubleTopColumns {
  requireShape('doubleBottom', shape);
  const { formed, signal, neckline, target, firstAgo, secondAgo } = tops(mirrored(bars), shape);
  for (let i = 0; i < signal.length; i++) signal[i] = 0 - signal[i]!;
  return { formed, signal, neckline: negated(neckline), target: negated(target), firstAgo, secondAgo };
}

function tops(bars: HighLowClose, shape: FormationShape): DoubleTopColumns {
  const { close } = bars;
  const { length } = close;
  const trail = new SwingTrail(bars, shape);
  const column = (): Float64Array => newColumn(length);
  const [formed, signal, neckline, target, firstAgo, secondAgo] = [
    column(),
    column(),
    column(),
    column(),
    column(),
    column(),
  ];
  let isWaiting = false;
  let top = NaN;
  let neck = NaN;
  let first = -1;
  let second = -1;
  for (let i = 0; i < length; i++) {
    const isChanged = trail.advance(i);
    if (!trail.isReady) {
      isWaiting = false;
      top = neck = NaN;
      formed[i] = signal[i] = NaN;
    } else if (isChanged && isDoubleTop(trail, shape.tolerance)) {
      isWaiting = true;
      formed[i] = 1;
      top = Math.max(trail.price(0), trail.price(2));
      neck = trail.price(1);
      first = trail.bar(2);
      second = trail.bar(0);
    }
    if (isWaiting && close[i]! < neck) {
      signal[i] = -1;
      isWaiting = false;
    } else if (close[i]! > top) isWaiting = false;
    neckline[i] = neck;
    target[i] = neck - (top - neck);
    firstAgo[i] = neck === neck ? i - first : NaN;
    secondAgo[i] = neck === neck ? i - second : NaN;
  }
  return { formed, signal, neckline, target, firstAgo, secondAgo };
}

function isDoubleTop(trail: SwingTrail, tolerance: number): boolean {
  if (!trail.endsHigh || trail.count < 4) return false;
  const [second, neck, first, before] = [trail.price(0), trail.price(1), trail.price(2), trail.price(3)];
  return before < neck && Math.abs(first - second) <= tolerance * (Math.max(first, second) - neck);
}
