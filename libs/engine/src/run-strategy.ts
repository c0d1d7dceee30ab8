import type { Bars } from './bars.js';
import type { ParamValue } from './params.js';
import { type GuestHooks, type GuestRun, runWithBook } from './run.js';
import type { BacktestSettings } from './settings.js';
import { keepShapes } from './shapes.js';
import type { Strategy } from './strategy.js';

export type { GuestHooks, GuestRun } from './run.js';

/**
 * Runs a strategy over the bars: `init` once, `next` at every bar of the first series. Whatever the strategy throws
 * passes through.
 *
 * @param params by name, as `resolveParams` answers them
 */
export function runStrategy(
  strategy: Strategy,
  bars: readonly Bars[],
  settings: BacktestSettings,
  params: Readonly<Record<string, ParamValue>>,
  hooks: GuestHooks = {},
): GuestRun {
  keepShapes();
  return runWithBook(strategy, bars, settings, params, hooks, null).run;
}
