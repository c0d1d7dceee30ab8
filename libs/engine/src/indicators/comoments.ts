import { newColumn } from '../new-column.js';
import { endsOf } from './rolling-sum.js';
import { nowhere } from './window.js';

/** What is read off two columns' second moments over a window. */
export type Comoment = 'covariance' | 'correlation' | 'slope';

/**
 * Covariance, correlation, or the slope of `y` over `x`, of the last `window` pairs; the population's, `window` in the
 * denominator. A correlation or slope is 0 where a column that it divides by does not vary.
 *
 * Summation: by blocks, as in rollingSum, of distances from the pair that begins a block, which lies in every window that
 * is read from that block, so that no large products cancel.
 */
export function comoments(x: Float64Array, y: Float64Array, window: number, what: Comoment): Float64Array {
  const length = x.length;
  if (window > length) return nowhere(length);
  const out = newColumn(length);
  const [endX, endY, endXX, endXY, endYY] = [
    endsOf(window),
    endsOf(window),
    endsOf(window),
    endsOf(window),
    endsOf(window),
  ];
  for (let start = 0; start < length; start += window) {
    const pivotX = x[start]!;
    const pivotY = y[start]!;
    let sx = 0;
    let sy = 0;
    let xx = 0;
    let xy = 0;
    let yy = 0;
    for (let j = window - 1; j > 0 && start > 0; j--) {
      const dx = x[start - window + j]! - pivotX;
      const dy = y[start - window + j]! - pivotY;
      endX[j] = sx += dx;
      endY[j] = sy += dy;
      endXX[j] = xx += dx * dx;
      endXY[j] = xy += dx * dy;
      endYY[j] = yy += dy * dy;
    }
    sx = sy = xx = xy = yy = 0;
    const stop = Math.min(length, start + window);
    for (let i = start, j = 1; i < stop; i++, j++) {
      const dx = x[i]! - pivotX;
      const dy = y[i]! - pivotY;
      sx += dx;
      sy += dy;
      xx += dx * dx;
      xy += dx * dy;
      yy += dy * dy;
      const meanX = (endX[j]! + sx) / window;
      const meanY = (endY[j]! + sy) / window;
      const covariance = (endXY[j]! + xy) / window - meanX * meanY;
      const varianceX = (endXX[j]! + xx) / window - meanX * meanX;
      const varianceY = (endYY[j]! + yy) / window - meanY * meanY;
      out[i] = read(what, covariance, varianceX, varianceY);
    }
  }
  return out;
}

function read(what: Comoment, covariance: number, varianceX: number, varianceY: number): number {
  if (covariance - covariance !== 0) return NaN;
  if (what === 'covariance') return covariance;
  if (what === 'slope') return varianceX > 0 ? covariance / varianceX : 0;
  const both = varianceX * varianceY;
  return varianceX > 0 && both > 0 ? Math.max(-1, Math.min(1, covariance / Math.sqrt(both))) : 0;
}
