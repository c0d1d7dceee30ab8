import process from 'node:process';
import { compareReports, figure, fixed, type RunComparison } from '@quarry/contracts';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { printable } from '../terminal/paint.js';
import { table } from '../terminal/table.js';
import { UsageError } from '../usage-error.js';
import { readReport } from './read-report.js';

/** `quarry compare`: the figures of several runs side by side, and how their returns go together. */
export async function compare(paths: readonly string[], json: boolean): Promise<ExitCode> {
  if (paths.length < 2) throw new UsageError(`One report is nothing to compare. Name two or more.`);
  const reports = await Promise.all(paths.map(readReport));
  const failed = reports.findIndex(({ failure }) => failure !== null);
  if (failed >= 0) throw new UsageError(`The run of "${paths[failed]}" failed and has no figures. Leave it out.`);
  const names = reports.map(({ strategyName }, i) => (isTwice(reports, strategyName) ? paths[i]! : strategyName));
  const comparison = compareReports(reports, names);
  process.stdout.write(json ? `${JSON.stringify(comparison)}\n` : comparisonWords(comparison));
  return exitCodes.ok;
}

function isTwice(reports: readonly { readonly strategyName: string }[], name: string): boolean {
  return reports.filter(({ strategyName }) => strategyName === name).length > 1;
}

function comparisonWords({ runs, figures, correlation, correlationBasis }: RunComparison): string {
  const columns = ['', ...runs].map(
    (title, i) => ({ title: printable(title), align: i === 0 ? 'left' : 'right' }) as const,
  );
  const rows = figures.map(({ label, unit, values }) => [label, ...values.map((value) => figure(value, unit))]);
  const pairs = correlation.map((row, i) => [
    printable(runs[i]!),
    ...row.map((value) => correlationFigure(Number(value))),
  ]);
  return [...table(columns, rows), '', `Correlation of ${correlationBasis}`, ...table(columns, pairs), ''].join('\n');
}

function correlationFigure(value: number): string {
  return Number.isNaN(value) ? '–' : fixed(value, 2);
}
