import type { BarSeries } from './bar-series.js';
import type { ParamSpecs, ParamsOf } from './params.js';
import type { SeriesLookup } from './series-lookup.js';
import type { OrderEvent, Trader } from './trader.js';

/** What `init` may use: the bars as columns to build indicators on, and the parameters of the run. */
export interface Market<P extends ParamSpecs> {
  /** The bars that are traded; where a run has several series, the first. */
  readonly bars: BarSeries;
  /** All series of the run, the first included. */
  readonly series: readonly BarSeries[];
  /** One of them by name: `symbol('AAPL')`. @throws RangeError where there is none; it names those that there are. */
  readonly symbol: SeriesLookup;
  readonly params: ParamsOf<P>;
}

/** A strategy: what it may be told, what it looks at, and what it does at each bar. */
export interface Strategy<P extends ParamSpecs = ParamSpecs, S = unknown> {
  readonly name: string;
  readonly description: string;
  readonly params: P;
  init(market: Market<P>): S;
  next(trader: Trader<P>, signals: S): void;
  onOrder?(trader: Trader<P>, event: OrderEvent, signals: S): void;
}

/** What `defineStrategy` takes. */
export interface StrategyDefinition<P extends ParamSpecs, S> {
  /** As lists and reports show it. */
  readonly name: string;
  readonly description?: string;
  /** Parameters by name: `int`, `float`, `bool` or `choice`, each with its default. */
  readonly params?: P;
  /** Called once, before the first bar: builds indicators and whatever else `next` needs, and returns it. */
  readonly init?: (market: Market<P>) => S;
  /**
   * Called when a bar is complete. Sees that bar and those before it; orders placed here meet the bars that follow. Where
   * a run has several series, it is called once for every moment at which any of them completes a bar: the others keep
   * their last, and `isNew` of each tells which they are.
   */
  readonly next: (trader: Trader<P>, signals: S) => void;
  /**
   * Called for all that became of an order, in order, when the bar in which it happened is complete and before `next`;
   * for what happens in `next` itself (a cancel, a fill at this close), before the next one. May place orders as `next`.
   */
  readonly onOrder?: (trader: Trader<P>, event: OrderEvent, signals: S) => void;
}

/**
 * Defines a strategy; a strategy's entry file exports it as default.
 *
 * @example
 * export default defineStrategy({
 *   name: 'SMA crossover',
 *   params: { fast: int(10, { min: 2, max: 100 }), slow: int(30, { min: 5, max: 400 }) },
 *   init: ({ bars, params }) => ({ fast: sma(bars.close, params.fast), slow: sma(bars.close, params.slow) }),
 *   next({ buy, sell }, { fast, slow }) {
 *     if (crossedAbove(fast, slow)) buy();
 *     else if (crossedBelow(fast, slow)) sell();
 *   },
 * });
 */
export function defineStrategy<const P extends ParamSpecs = Record<never, never>, S = undefined>(
  definition: StrategyDefinition<P, S>,
): Strategy<P, S> {
  const { name, description = '', params, init, next, onOrder } = definition;
  if (typeof name !== 'string' || name.trim() === '') throw new TypeError('A strategy needs a name.');
  if (typeof next !== 'function') throw new TypeError(`The strategy "${name}" needs a function next.`);
  if (onOrder !== undefined && typeof onOrder !== 'function') {
    throw new TypeError(`The strategy "${name}" has an onOrder that is no function.`);
  }
  const strategy = { name, description, params: params ?? ({} as P), init: init ?? (() => undefined as S), next };
  return onOrder ? { ...strategy, onOrder } : strategy;
}
