export type * from './bars.js';
export type * from './metric.js';
export type * from './params.js';
export type * from './results.js';
export { orderKinds, orderStates } from './results.js';
export type * from './settings.js';
export { defaultSettings } from './settings.js';
export { computeMetrics, drawdownsOf, type MetricsInput } from './metrics/index.js';
