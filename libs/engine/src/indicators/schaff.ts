import { highestColumn, lowestColumn } from './extremes.js';
import { apoColumn } from './ppo.js';
import { placeWithin } from './stochastic.js';
import { requireFastAndSlow, requireWindow } from './window.js';

/**
 * Schaff trend cycle, 0 to 100 (D. Schaff, 1999): the stochastic of the stochastic of a MACD line, both smoothed by one
 * half.
 */
export function schaffTrendCycleColumn(
  values: Float64Array,
  { fast, slow, cycle }: { readonly fast: number; readonly slow: number; readonly cycle: number },
): Float64Array {
  requireFastAndSlow('schaffTrendCycle', fast, slow);
  requireWindow('schaffTrendCycle', cycle, 'the window of the cycle');
  const once = smoothedPlace(apoColumn(values, fast, slow), cycle);
  return smoothedPlace(once, cycle);
}

function smoothedPlace(values: Float64Array, window: number): Float64Array {
  const out = placeWithin(values, lowestColumn(values, window), highestColumn(values, window), 100);
  let before = NaN;
  for (let i = 0; i < out.length; i++) {
    const place = out[i]!;
    before = before === before ? before + 0.5 * (place - before) : place;
    out[i] = before;
  }
  return out;
}
