import type { PathMethod } from './methods.js';

/** Makes paths of an account that starts at 1. */
export interface PathModel<M extends PathMethod = PathMethod> {
  readonly method: M;
  /** Steps of a path: trades, or periods. */
  readonly steps: number;
  /** `log`: a path holds the logs of its levels. */
  readonly scale: 'level' | 'log';
  /** A maker with workspaces of its own, for one slice. */
  start(): PathMaker;
}

/** Writes the level after each step of the path with that index. It draws from nothing but (run seed, index). */
export type PathMaker = (runSeed: number, index: number, path: Float64Array) => void;
