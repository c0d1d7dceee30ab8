export { buildReport, failedReport, type FailedParts, type ReportParts } from './build-report.js';
export { reportHtml } from './report-html.js';
