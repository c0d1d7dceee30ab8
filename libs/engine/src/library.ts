/* All indicators and patterns; see core.ts. */
export * from './indicators/index.js';
export * from './patterns/index.js';
