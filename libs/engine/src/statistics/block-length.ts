import { meanOf } from '../metrics/sum.js';

/**
 * The mean block length of a stationary bootstrap, chosen from the data: Politis and White, Econometric Reviews 23
 * (2004), as corrected by Patton, Politis and White, Econometric Reviews 28 (2009). At least 1, which draws single
 * rows, and at most the smaller of 3 √n and n / 3.
 *
 * @param values at least 9, in order of time
 */
export function stationaryBlockLength(values: Float64Array): number {
  const n = values.length;
  if (n < 9) throw new RangeError(`A block length cannot be told from ${n} values; 9 are needed.`);
  const run = Math.max(5, Math.floor(Math.log10(n)));
  const mostLags = Math.min(n - 1, Math.ceil(Math.sqrt(n)) + run);
  const covariances = autocovariances(values, mostLags);
  const variance = covariances[0]!;
  if (!(variance > 0)) return 1;

  const cut = cutLag(covariances, run, 2 * Math.sqrt(Math.log10(n) / n));
  const lags = cut < 0 ? mostLags : Math.min(2 * Math.max(1, cut), mostLags);
  let spectrum = variance;
  let slope = 0;
  for (let k = 1; k <= lags; k++) {
    // The flat-top window of Politis and Romano: 1 up to half the lags, then down to 0.
    const weight = 2 * Math.min(1, 2 * (1 - k / lags)) * covariances[k]!;
    spectrum += weight;
    slope += weight * k;
  }
  const length = Math.cbrt((slope / spectrum) ** 2 * n);
  const most = Math.ceil(Math.min(3 * Math.sqrt(n), n / 3));
  return Number.isFinite(length) ? Math.max(1, Math.min(length, most)) : most;
}

/** The first lag, from 1, from which on `run` autocorrelations in a row are insignificant; -1 where there is none. */
function cutLag(covariances: Float64Array, run: number, significant: number): number {
  let quiet = 0;
  for (let k = 1; k < covariances.length; k++) {
    quiet = Math.abs(covariances[k]! / covariances[0]!) < significant ? quiet + 1 : 0;
    if (quiet === run) return k - run + 1;
  }
  return -1;
}

function autocovariances(values: Float64Array, lags: number): Float64Array {
  const n = values.length;
  const mean = meanOf(values);
  const centred = values.map((value) => value - mean);
  return Float64Array.from({ length: lags + 1 }, (_, k) => {
    let sum = 0;
    for (let t = k; t < n; t++) sum += centred[t]! * centred[t - k]!;
    return sum / n;
  });
}
