import { meanOf } from './sum.js';

/** The annual Sharpe ratio of returns that depend on the ones before them, and how many lags it looked at. */
export interface SmartSharpe {
  readonly value: number;
  readonly lags: number;
}

/**
 * Lo, "The Statistics of Sharpe Ratios", Financial Analysts Journal 58 (2002), eq. 20: the ratio of one period times
 * q / root of (q + 2 Σ (q - k) ρ_k), k from 1 to q - 1, q periods a year, ρ_k the sample's own autocorrelations. Lags stop
 * at a quarter of the sample, beyond which too few pairs are left to estimate them (Box and Jenkins 1970). NaN where nothing
 * varies or the estimated variance of a year is not positive.
 *
 * @param perPeriod the Sharpe ratio of one period
 */
export function loSharpe(returns: Float64Array, perPeriod: number, perYear: number): SmartSharpe {
  const n = returns.length;
  const q = Math.max(1, Math.round(perYear));
  const lags = Math.max(0, Math.min(q - 1, Math.floor(n / 4)));
  const mean = meanOf(returns);
  const apart = new Float64Array(n);
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const d = returns[i]! - mean;
    apart[i] = d;
    squares += d * d;
  }
  let variance = q;
  for (let k = 1; k <= lags; k++) variance += (2 * (q - k) * laggedProduct(apart, k)) / squares;
  return { value: variance > 0 ? (perPeriod * q) / Math.sqrt(variance) : NaN, lags };
}

/** In four lanes, since a sum waits for the one before it. */
function laggedProduct(apart: Float64Array, lag: number): number {
  const pairs = apart.length - lag;
  const whole = pairs - (pairs % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < whole; i += 4) {
    a += apart[i]! * apart[i + lag]!;
    b += apart[i + 1]! * apart[i + 1 + lag]!;
    c += apart[i + 2]! * apart[i + 2 + lag]!;
    d += apart[i + 3]! * apart[i + 3 + lag]!;
  }
  for (let i = whole; i < pairs; i++) a += apart[i]! * apart[i + lag]!;
  return a + b + (c + d);
}

/**
 * quantstats' penalty for dependent returns, by which it divides Sharpe and Sortino: the root of
 * 1 + 2 Σ ((n - k) / n) |ρ|^k, k from 1 to n - 1, ρ the correlation of each return with the next. 1 of a single return,
 * NaN where nothing varies.
 */
export function autocorrelationPenalty(returns: Float64Array): number {
  const n = returns.length;
  if (n < 2) return n === 1 ? 1 : NaN;
  const rho = Math.abs(correlationWithNext(returns));
  let sum = 0;
  let power = 1;
  for (let k = 1; k < n; k++) {
    power *= rho;
    if (power < 1e-300) break;
    sum += ((n - k) / n) * power;
  }
  return Math.sqrt(1 + 2 * sum);
}

function correlationWithNext(returns: Float64Array): number {
  const n = returns.length - 1;
  const first = returns.subarray(0, n);
  const second = returns.subarray(1);
  const firstMean = meanOf(first);
  const secondMean = meanOf(second);
  let both = 0;
  let firstSquares = 0;
  let secondSquares = 0;
  for (let i = 0; i < n; i++) {
    const a = first[i]! - firstMean;
    const b = second[i]! - secondMean;
    both += a * b;
    firstSquares += a * a;
    secondSquares += b * b;
  }
  return both / Math.sqrt(firstSquares * secondSquares);
}
