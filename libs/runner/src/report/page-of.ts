import type { AnyReport } from '@quarry/contracts';
import { reportHtml } from './report-html.js';

/** The page of a report of any kind: what `--out` writes as report.html, from report.json alone. */
export async function pageOf(report: AnyReport): Promise<string> {
  switch (report.schema) {
    case 'quarry.report/1':
      return reportHtml(report);
    case 'quarry.sweep/1':
      return (await import('../sweep/sweep-html.js')).sweepHtml(report);
    case 'quarry.walk-forward/1':
      return (await import('../walk-forward/walk-forward-html.js')).walkForwardHtml(report);
    case 'quarry.cross-validation/1':
      return (await import('../cross-validation/cross-validation-html.js')).crossValidationHtml(report);
    case 'quarry.monte-carlo/1':
      return (await import('../monte-carlo/monte-carlo-html.js')).monteCarloHtml(report);
  }
}
