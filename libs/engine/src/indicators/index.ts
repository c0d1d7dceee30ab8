export type { Lines } from './along.js';
export * from './averages.js';
export { crossedAbove, crossedBelow } from './crossing.js';
export * from './momentum.js';
export * from './statistics.js';
export * from './trend.js';
export * from './volatility.js';
export * from './volume.js';
