export type { Bars, Interval, Zone } from './bars.js';
export type { BarSeries } from './bar-series.js';
export { map, rolling, scan } from './causal.js';
export {
  atr,
  bollinger,
  crossedAbove,
  crossedBelow,
  ema,
  highest,
  lowest,
  macd,
  rsi,
  sma,
  standardDeviation,
} from './indicators/index.js';
export { bool, choice, float, int } from './params.js';
export type { NumberRange, ParamSpec, ParamSpecs, ParamsOf, ParamValue } from './params.js';
export { resample } from './resample.js';
export type { SeriesLookup } from './series-lookup.js';
export type { Series } from './series.js';
export { defineStrategy } from './strategy.js';
export type { Market, Strategy, StrategyDefinition } from './strategy.js';
export type { Account, Order, OrderRequest, Position, Trader } from './trader.js';
