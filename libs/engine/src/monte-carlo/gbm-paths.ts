import { stateOfIndex } from '../random.js';
import { fillNormals } from './normals.js';
import type { PathModel } from './path-model.js';

/** Geometric Brownian motion, per step: the drift of the level's expectation, and the volatility of log returns. */
export interface GbmPathSettings {
  readonly steps: number;
  /** log E[level after a step / level]. */
  readonly drift: number;
  readonly volatility: number;
}

/** Log returns are normal with mean drift - volatility² / 2 (Samuelson 1965), so that exp(drift) is the mean growth. */
export function gbmPaths({ steps, drift, volatility }: GbmPathSettings): PathModel<'gbm'> {
  if (!(volatility >= 0 && Number.isFinite(drift))) {
    throw new RangeError(`Drift is ${drift} and volatility ${volatility}; a number, and one from 0 on.`);
  }
  const mean = drift - (volatility * volatility) / 2;
  return {
    method: 'gbm',
    steps,
    scale: 'log',
    start: () => {
      const state = new Int32Array(4);
      const raw = new Int32Array(steps);
      const normals = new Float64Array(steps);
      return (runSeed, index, path) => {
        fillNormals(stateOfIndex(runSeed, index, state), raw, normals, steps);
        let level = 0;
        for (let t = 0; t < steps; t++) {
          level += mean + volatility * normals[t]!;
          path[t] = level;
        }
      };
    },
  };
}
