export * from './candlesticks.js';
export * from './formations.js';
