import { change } from './arithmetic.js';
import { requireWindow } from './window.js';

/** How far a value has come in `window` bars, in its unit. */
export function momentumColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('momentum', window);
  return change(values, window);
}
