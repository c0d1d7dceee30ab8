export type * from './bars.js';
export { GuestClock } from './guest-clock.js';
export type * from './metric.js';
export { prepareColumns } from './new-column.js';
export type * from './params.js';
export { orderListBytes } from './order-list.js';
export type { Plot } from './plots.js';
export { seededRandom } from './random.js';
export { Replay, replay } from './replay.js';
export { paramSpecsOf, requireStrategy, resolveParams } from './resolve-params.js';
export type { ResolvedParams } from './resolve-params.js';
export type * from './results.js';
export { orderKinds, orderStates } from './results.js';
export { runStrategy, StrategyRun } from './strategy-run.js';
export type { GuestHooks, GuestRun, RunInput } from './strategy-run.js';
export type * from './settings.js';
export { defaultSettings } from './settings.js';
export type { Strategy } from './strategy.js';
export { TapeError } from './tape/tape-error.js';
export { barsDone } from './tape/tape-reader.js';
export {
  computeMetrics,
  explainMetric,
  fillsOf,
  matchTrades,
  RunStudy,
  yearlyReturns,
  type Fill,
  type MatchedTrade,
  type MatchingGroup,
  type MatchingOrder,
  type MetricsInput,
} from './metrics/index.js';
