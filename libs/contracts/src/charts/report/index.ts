export { edge, legend, line, overTime, percentAxis } from './chart-parts.js';
export { distributionOptions } from './distribution-options.js';
export { dressed } from './dressed.js';
export { excursionOptions } from './excursion-options.js';
export { exposureOptions } from './exposure-options.js';
export type { ReportChart, ReportSeries } from './report-chart.js';
export { rollingOptions } from './rolling-options.js';
export { roundWidth } from './round-width.js';
export { tradeOptions } from './trade-options.js';
