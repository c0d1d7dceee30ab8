export { buildReportWithoutTrades, failedReport, listedTrades, tradesByMoment, reportTrades } from './build-report.js';
export { headline, metricGroups } from './headline.js';
export { reportHtml } from './report-html.js';
export { settingsInWords } from './run-in-words.js';
