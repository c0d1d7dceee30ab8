import { severities, type Critique, type Report } from '@quarry/contracts';
import type { Check } from './check.js';
import { costChecks } from './cost-checks.js';
import { dataChecks } from './data-checks.js';
import { luckChecks } from './luck-checks.js';
import { marketChecks } from './market-checks.js';
import { ReportView } from './report-view.js';
import { riskChecks } from './risk-checks.js';
import { sampleChecks } from './sample-checks.js';
import { sourceChecks } from './source-checks.js';

/** Everything that is asked of a report. */
export const checks: readonly Check[] = [
  ...sampleChecks,
  ...luckChecks,
  ...costChecks,
  ...riskChecks,
  ...marketChecks,
  ...dataChecks,
  ...sourceChecks,
];

/** Doubts a report: what each check finds in it, the gravest first. A run that failed has nothing to doubt. */
export function criticise(report: Report): Critique {
  const view = new ReportView(report);
  const findings = checks.flatMap(({ id, severity, title, suggestion, look }) => {
    const evidence = report.failure ? null : look(view);
    return evidence === null ? [] : [{ id, severity, title, evidence, suggestion }];
  });
  return {
    schema: 'quarry.critique/1',
    strategyName: report.strategyName,
    checks: checks.length,
    findings: findings.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity)),
  };
}
