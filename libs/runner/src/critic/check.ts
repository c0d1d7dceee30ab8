import type { Severity } from '@quarry/contracts';
import type { ReportView } from './report-view.js';

/** One thing to doubt about a run. It looks at the report alone. */
export interface Check {
  /** Its name for filters and suites. */
  readonly id: string;
  readonly severity: Severity;
  /** The flaw, in a few words. */
  readonly title: string;
  /** What to change where it is found. */
  readonly suggestion: string;
  /** The figures that show the flaw; null where the report is free of it. */
  look(report: ReportView): string | null;
}
