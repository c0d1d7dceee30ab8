import { type MonteCarloReport, figuresInWords, methodInWords, paramsText } from '@quarry/contracts';
import { printable, type Paint } from '../terminal/paint.js';
import { sheet, warningsSection, wordsSection } from '../terminal/sheet.js';
import { table } from '../terminal/table.js';

/** A Monte Carlo as text: what it supposes, and what it may speak of. The same report gives the same text. */
export function monteCarloSheet(report: MonteCarloReport, paint: Paint): string {
  const { columns, rows } = figuresInWords(report);
  const [titles = '', ...lines] = table(
    columns.map((title, i) => ({ title, align: i === 0 ? 'left' : 'right' })),
    rows,
  );
  const params = paint.faint(printable(paramsText(report.params)));
  return sheet([
    [`${paint.bold(printable(report.strategyName))}  ${params}`],
    [paint.bold('Figures'), `  ${paint.faint(titles)}`, ...lines.map((line) => `  ${line}`)],
    wordsSection('Method', methodInWords(report), paint, 38),
    warningsSection(report.warnings, paint),
  ]);
}
