import { newColumn } from '../new-column.js';
import type { HighLowClose } from '../indicators/bar-columns.js';
import { requireNumber, requireWindow } from '../indicators/window.js';
import type { SwingReach } from './swings.js';

/** What every formation of swings is told by. */
export interface FormationShape extends SwingReach {
  /** How unequal two heights or levels may be that count as equal, as a fraction of the formation's height. */
  readonly tolerance: number;
}

export const defaultShape: FormationShape = { left: 5, right: 5, tolerance: 0.15 };

export function requireShape(name: string, { left, right, tolerance }: FormationShape): void {
  requireWindow(name, left, 'the bars on the left of a swing');
  requireWindow(name, right, 'the bars on the right of a swing');
  requireNumber(name, 'the tolerance', tolerance, 0, 1);
}

/** The bars upside down: a bottom in them is a top. */
export function mirrored({ high, low, close }: HighLowClose): HighLowClose {
  return { high: negated(low), low: negated(high), close: negated(close) };
}

export function negated(values: Float64Array): Float64Array {
  const out = newColumn(values.length);
  for (let i = 0; i < out.length; i++) out[i] = -values[i]!;
  return out;
}

export function isBar({ high, low, close }: HighLowClose, i: number): boolean {
  return Math.abs(high[i]! - low[i]!) < Infinity && Math.abs(close[i]!) < Infinity;
}
