import { dataText, figure, type CrossValidationReport } from '@quarry/contracts';
import { choicesInWords, pathsInWords, splitsInWords } from '@quarry/runner';
import { printable, type Paint } from '../terminal/paint.js';
import { sheet, warningsSection, wordsSection } from '../terminal/sheet.js';
import { sparkline } from '../terminal/sparkline.js';
import { table, type Column } from '../terminal/table.js';

const pathsShown = 12;

/** A cross-validation as text: what was chosen, the paths, and how they spread. The same report gives the same text. */
export function crossValidateSheet(report: CrossValidationReport, paint: Paint): string {
  const choices = choicesInWords(report);
  return sheet([
    [`${paint.bold(printable(report.strategyName))}  ${paint.faint(printable(dataText(report.base)))}`],
    choices.rows.length > 0 ? section('Chosen most often', choices.columns, choices.rows, paint) : [],
    paths(report, paint),
    wordsSection('Out of sample', pathsInWords(report), paint),
    wordsSection('Cross-validation', splitsInWords(report), paint),
    warningsSection(report.warnings, paint),
  ]);
}

function paths({ paths: all, curves }: CrossValidationReport, paint: Paint): string[] {
  const rows = all
    .slice(0, pathsShown)
    .map(({ figures, probabilistic }, i) => [
      `${i + 1}  ${sparkline(curves.equity[i]!, 32)}`,
      figure(figures.totalReturn, 'fraction'),
      figure(figures.sharpe, 'ratio'),
      figure(figures.maxDrawdown, 'fraction'),
      figure(probabilistic, 'ratio'),
    ]);
  const more = all.length - rows.length;
  return [
    ...section('Paths', ['', 'Total return', 'Sharpe ratio', 'Max drawdown', 'PSR'], rows, paint),
    ...(more > 0 ? [`  ${more} more are in --json and in --out.`] : []),
  ];
}

function section(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  paint: Paint,
): string[] {
  const aligned = columns.map((name, i): Column => ({ title: name, align: i === 0 ? 'left' : 'right' }));
  const [titles = '', ...lines] = table(
    aligned,
    rows.map((cells) => cells.map(printable)),
  );
  return [paint.bold(title), `  ${paint.faint(titles)}`, ...lines.map((line) => `  ${line}`)];
}
