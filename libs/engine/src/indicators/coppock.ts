import { sumOf } from './arithmetic.js';
import { rocColumn } from './roc.js';
import { requireWindow } from './window.js';
import { wmaColumn } from './wma.js';

export interface CoppockWindows {
  readonly long: number;
  readonly short: number;
  readonly average: number;
}

/** Coppock curve (E. Coppock, Barron's, 1962; for months): weighted average of two rates of change, in percent. */
export function coppockColumn(values: Float64Array, { long, short, average }: CoppockWindows): Float64Array {
  requireWindow('coppock', long, 'the long window');
  requireWindow('coppock', short, 'the short window');
  requireWindow('coppock', average, 'the window of the average');
  return wmaColumn(sumOf(rocColumn(values, long), rocColumn(values, short)), average);
}
