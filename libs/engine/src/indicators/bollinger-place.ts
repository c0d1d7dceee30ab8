import { difference, quotient } from './arithmetic.js';
import { bollingerColumns } from './bollinger.js';
import { placeWithin } from './stochastic.js';
import { requireNumber, requireWindow } from './window.js';

/** %B (J. Bollinger 2001): where a value lies in its bands, 0 on the lower, 1 on the upper; 0.5 where they coincide. */
export function percentBColumn(values: Float64Array, window: number, deviations: number): Float64Array {
  requireWindow('percentB', window);
  requireNumber('percentB', 'the number of deviations', deviations, 0);
  const { upper, lower } = bollingerColumns(values, window, deviations);
  return placeWithin(values, lower, upper, 1);
}

/** BandWidth (J. Bollinger 2001): the distance of the bands, as a fraction of the line in their middle. */
export function bandwidthColumn(values: Float64Array, window: number, deviations: number): Float64Array {
  requireWindow('bandwidth', window);
  requireNumber('bandwidth', 'the number of deviations', deviations, 0);
  const { upper, middle, lower } = bollingerColumns(values, window, deviations);
  return quotient(difference(upper, lower), middle, 1, NaN);
}
