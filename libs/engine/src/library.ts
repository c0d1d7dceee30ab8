/* All indicators and patterns, and longer bars; see core.ts. */
export * from './indicators/index.js';
export * from './patterns/index.js';
export { adjusted } from './adjusted.js';
export { resample } from './resample.js';
