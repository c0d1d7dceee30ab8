/*
 * What nearly every strategy imports: the guest has it from the start. The other indicators and the patterns are in
 * library.ts, which a guest reads only for a strategy that names something of it.
 */
export { map, rolling, scan } from './causal.js';
export { ema, sma } from './indicators/averages.js';
export { crossedAbove, crossedBelow } from './indicators/crossing.js';
export { macd, rsi } from './indicators/momentum.js';
export { highest, lowest } from './indicators/statistics.js';
export { atr, bollinger } from './indicators/volatility.js';
export { bool, choice, float, int } from './params.js';
export { defineStrategy } from './strategy.js';
export { defineSuite } from './suite.js';
