export {
  buildReportWithoutTrades,
  failedReport,
  listedTrades,
  reportTrades,
  type ListedTrades,
} from './build-report.js';
export { CurveWatch } from './curve.js';
export { headline, metricGroups } from './headline.js';
export { reportHtml } from './report-html.js';
