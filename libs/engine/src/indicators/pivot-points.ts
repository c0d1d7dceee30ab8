import { newColumn } from '../new-column.js';
import type { HighLowClose } from './bar-columns.js';

export interface PivotPointColumns {
  readonly pivot: Float64Array;
  readonly resistance1: Float64Array;
  readonly resistance2: Float64Array;
  readonly resistance3: Float64Array;
  readonly support1: Float64Array;
  readonly support2: Float64Array;
  readonly support3: Float64Array;
}

/**
 * How the levels stand. The pivot is always (high + low + close) / 3; about it `classic` are the floor traders' levels,
 * `fibonacci` 38.2, 61.8 and 100 % of the range; `camarilla` (N. Stott, 1989) 1.1 ranges over 12, 6 and 4 about the close.
 */
export type PivotKind = 'classic' | 'fibonacci' | 'camarilla';

/**
 * Pivot points of the session before: a session's levels are known from its first bar on, from the high, low and last close
 * of the bars that came under the date before. Not defined in the first session; a gap begins anew.
 */
export function pivotPointColumns(
  { high, low, close }: HighLowClose,
  dates: Float64Array,
  kind: PivotKind,
): PivotPointColumns {
  if (kind !== 'classic' && kind !== 'fibonacci' && kind !== 'camarilla') {
    throw new RangeError(`pivotPoints: the kind must be classic, fibonacci or camarilla, not ${String(kind)}.`);
  }
  const column = (): Float64Array => newColumn(close.length);
  const lines = Array.from({ length: 7 }, column) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const [pivot, resistance1, resistance2, resistance3, support1, support2, support3] = lines;
  const levels = new Float64Array(7).fill(NaN);
  let top = NaN;
  let bottom = NaN;
  let last = NaN;
  for (let i = 0; i < close.length; i++) {
    if (i > 0 && dates[i] !== dates[i - 1]) {
      setLevels(levels, top, bottom, last, kind);
      top = bottom = NaN;
    }
    if (Math.abs(high[i]! - low[i]!) < Infinity && Math.abs(close[i]!) < Infinity) {
      top = top >= high[i]! ? top : high[i]!;
      bottom = bottom <= low[i]! ? bottom : low[i]!;
      last = close[i]!;
    } else {
      levels.fill(NaN);
      top = bottom = last = NaN;
    }
    for (let line = 0; line < 7; line++) lines[line]![i] = levels[line]!;
  }
  return { pivot, resistance1, resistance2, resistance3, support1, support2, support3 };
}

function setLevels(levels: Float64Array, high: number, low: number, close: number, kind: PivotKind): void {
  const range = high - low;
  const pivot = (high + low + close) / 3;
  levels[0] = pivot;
  if (kind === 'classic') {
    levels.set([2 * pivot - low, pivot + range, high + 2 * (pivot - low)], 1);
    levels.set([2 * pivot - high, pivot - range, low - 2 * (high - pivot)], 4);
    return;
  }
  const [origin, near, middle, far] =
    kind === 'fibonacci' ? [pivot, 0.382, 0.618, 1] : [close, 1.1 / 12, 1.1 / 6, 1.1 / 4];
  levels.set([origin + near * range, origin + middle * range, origin + far * range], 1);
  levels.set([origin - near * range, origin - middle * range, origin - far * range], 4);
}
