export {
  buildReportWithoutTrades,
  failedReport,
  listedTrades,
  reportTrades,
  type ListedTrades,
} from './build-report.js';
export { headline, metricGroups } from './headline.js';
export { reportHtml } from './report-html.js';
export { actionsInWords, pricesInWords } from './actions-in-words.js';
export { costsInWords, settingsInWords } from './run-in-words.js';
