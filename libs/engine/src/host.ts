export type * from './bars.js';
export { GuestClock } from './guest-clock.js';
export type * from './metric.js';
export type * from './params.js';
export { orderListBytes } from './order-list.js';
export type { Plot } from './plots.js';
export { seededRandom } from './random.js';
export { replay } from './replay.js';
export { paramSpecsOf, requireStrategy, resolveParams } from './resolve-params.js';
export type { ResolvedParams } from './resolve-params.js';
export type * from './results.js';
export { orderKinds, orderStates } from './results.js';
export { runStrategy } from './run-strategy.js';
export type { GuestHooks, GuestRun } from './run-strategy.js';
export type * from './settings.js';
export { defaultSettings } from './settings.js';
export type { Strategy } from './strategy.js';
export type { OrderTape } from './tape/tape.js';
export { decodeTape, encodeTape } from './tape/tape-codec.js';
export { TapeError } from './tape/tape-error.js';
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
