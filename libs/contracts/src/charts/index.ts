export * from './candle-chart.js';
export * from './candle-columns.js';
export * from './chart-numbers.js';
export * from './chart-theme.js';
export * from './chart-window.js';
export * from './equity-chart.js';
export * from './report/index.js';
export * from './trade-marks.js';
