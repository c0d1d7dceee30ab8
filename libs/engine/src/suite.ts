import type { Interval } from './bars.js';
import type { ParamValue } from './params.js';
import type { BacktestSettings } from './settings.js';

/** What a number may be. All that is given must hold; a number alone must be met exactly. */
export type Expected =
  number | { readonly atLeast?: number; readonly atMost?: number; readonly above?: number; readonly below?: number };

/** A walk of daily or shorter bars from 100, the same for the same seed. */
export interface WalkBars {
  readonly bars: number;
  readonly seed: number;
  /** Expected log return a bar, and its standard deviation: 0 and 0.01 where not given. */
  readonly drift?: number;
  readonly volatility?: number;
  readonly interval?: Interval;
}

/** Bars that each open at the close before and run straight to their own. */
export interface ClosesBars {
  readonly closes: readonly number[];
  readonly interval?: Interval;
}

/** What a strategy is run over: a dataset by its name or path, a generated walk, or closes written by hand. */
export type SuiteData = string | { readonly walk: WalkBars } | ClosesBars;

/** What must come of a run. */
export interface SuiteExpectations {
  /** Figures of the report by id: `{ sharpe: { above: 0.5 }, maxDrawdown: { atLeast: -0.3 } }`. */
  readonly metrics?: Readonly<Record<string, Expected>>;
  /** How many trades, open ones included. */
  readonly trades?: Expected;
  /** Sides of the trades in their order: the first must be these. */
  readonly sides?: readonly ('long' | 'short')[];
  /** How many orders were filled. */
  readonly filled?: Expected;
  /** How many orders were rejected. */
  readonly rejected?: Expected;
  /** The code of the failure that the run must end with, such as `threw`. */
  readonly fails?: string;
  /** That `quarry prove` finds no look-ahead. */
  readonly proved?: boolean;
  /** Checks of `quarry critic` that must find nothing, by id. */
  readonly free?: readonly string[];
}

/** One run of the strategy, and what must come of it. */
export interface SuiteTest {
  readonly data: SuiteData;
  readonly symbol?: string;
  readonly symbols?: 'all' | readonly string[];
  readonly interval?: Interval;
  readonly from?: string;
  readonly to?: string;
  readonly params?: Readonly<Record<string, ParamValue>>;
  readonly settings?: Partial<BacktestSettings>;
  readonly expect?: SuiteExpectations;
  /** Hold orders, trades and figures against expected.json beside the suite; `quarry test --update` writes it. */
  readonly recorded?: boolean;
}

/** What `defineSuite` takes. */
export interface SuiteDefinition {
  /** The strategy's file or folder, seen from the suite; the folder of the suite where not given. */
  readonly strategy?: string;
  /** What each run may use. */
  readonly limits?: { readonly seconds?: number; readonly memoryMb?: number };
  /** Tests by their titles. */
  readonly tests: Readonly<Record<string, SuiteTest>>;
}

/**
 * Defines the tests of a strategy; a file `name.suite.ts` beside it exports them as default, and `quarry test` runs them.
 * A suite is data: it is evaluated in the sandbox, once, and what it asks for is run and judged outside.
 *
 * @example
 * export default defineSuite({
 *   tests: {
 *     'the recorded run': { data: 'sp500', recorded: true },
 *     'nothing to do in a calm market': { data: { closes: Array(50).fill(10) }, expect: { trades: 0 } },
 *     'no look-ahead': { data: { walk: { bars: 800, seed: 1 } }, expect: { proved: true } },
 *   },
 * });
 */
export function defineSuite(suite: SuiteDefinition): SuiteDefinition {
  return suite;
}
