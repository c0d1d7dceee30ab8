import type { Bars } from '../../bars.js';
import { momentsOf } from '../../metrics/moments.js';
import type { Rng } from '../random-stream.js';
import { type BarShape, fitBarShape, shapedBars } from './bar-shape.js';
import { type Frame, frameOf, logReturnsOf } from './frame.js';

/** Geometric Brownian motion: independent normal log returns a bar. */
export interface GbmParameters {
  readonly frame: Frame;
  readonly shape: BarShape;
  /** Of log returns. */
  readonly mean: number;
  readonly deviation: number;
}

/** Maximum likelihood, but for the deviation, which is the unbiased one (ddof 1). */
export function fitGbmBars(bars: Bars): GbmParameters {
  const { mean, deviation } = momentsOf(logReturnsOf(bars));
  return { frame: frameOf(bars), shape: fitBarShape(bars), mean, deviation };
}

export function gbmBars({ frame, shape, mean, deviation }: GbmParameters, rng: Rng): Bars {
  const returns = Float64Array.from({ length: frame.bars.length }, () => mean + deviation * rng.normal());
  return shapedBars(frame, shape, returns, rng);
}
