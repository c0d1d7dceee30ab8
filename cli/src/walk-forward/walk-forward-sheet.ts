import { figure, moment, type WalkForwardReport, dataText, paramsText } from '@quarry/contracts';
import { outOfSampleInWords, planInWords } from '@quarry/runner';
import { printable, type Paint } from '../terminal/paint.js';
import { sheet, warningsSection, wordsSection } from '../terminal/sheet.js';
import { sparkline } from '../terminal/sparkline.js';
import { table } from '../terminal/table.js';

/** A walk-forward as text: its folds, and what is left out of sample. The same report gives the same text. */
export function walkForwardSheet(report: WalkForwardReport, paint: Paint): string {
  return sheet([
    [
      `${paint.bold(printable(report.strategyName))}  ${paint.faint(printable(dataText(report.base)))}`,
      `Out of sample  ${paint.green(sparkline(report.stitched.curve.equity, 64))}`,
    ],
    folds(report, paint),
    wordsSection('Out of sample', outOfSampleInWords(report), paint),
    wordsSection('Walk-forward', planInWords(report), paint),
    warningsSection(report.warnings, paint),
  ]);
}

function folds({ folds: all, objective }: WalkForwardReport, paint: Paint): string[] {
  const id = objective.id as 'sharpe';
  const rows = all.map(({ test, params, inSample, outOfSample }, i) => [
    String(i + 1),
    `${moment(test.from)} to ${moment(test.to)}`,
    params ? printable(paramsText(params)) : 'none',
    inSample ? figure(inSample[id], 'ratio') : '–',
    outOfSample ? figure(outOfSample[id], 'ratio') : '–',
    outOfSample ? figure(outOfSample.totalReturn, 'fraction') : '–',
  ]);
  const columns = ['', 'Test', 'Chosen before', `${objective.label} in sample`, 'Out of sample', 'Test’s return'];
  const [titles = '', ...lines] = table(
    columns.map((title, i) => ({ title, align: i === 1 || i === 2 ? 'left' : 'right' })),
    rows,
  );
  return [paint.bold('Folds'), `  ${paint.faint(titles)}`, ...lines.map((line) => `  ${line}`)];
}
