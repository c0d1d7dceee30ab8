export type { Bars, Interval, Zone } from './bars.js';
export type { BarSeries } from './bar-series.js';
export * from './core.js';
export * from './library.js';
export type { NumberRange, ParamSpec, ParamSpecs, ParamsOf, ParamValue } from './params.js';
export type { SeriesLookup } from './series-lookup.js';
export type { Series } from './series.js';
export type { Market, Strategy, StrategyDefinition } from './strategy.js';
export type {
  ClosesBars,
  Expected,
  SuiteData,
  SuiteDefinition,
  SuiteExpectations,
  SuiteTest,
  WalkBars,
} from './suite.js';
export type { OrderChanges, OrderRequest, Trail } from './order-request.js';
export type { Account, Order, OrderEvent, Position, Trader } from './trader.js';
