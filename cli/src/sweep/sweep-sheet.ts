import { figure, type SweepReport, dataText, luckInWords, paramsText, searchInWords } from '@quarry/contracts';
import { printable, type Paint } from '../terminal/paint.js';
import { sheet, warningsSection, wordsSection } from '../terminal/sheet.js';
import { table } from '../terminal/table.js';

/** A sweep as text: the best trials, what luck explains of them, how they were searched. The same report gives the same text. */
export function sweepSheet(report: SweepReport, top: number, paint: Paint): string {
  return sheet([
    [`${paint.bold(printable(report.strategyName))}  ${paint.faint(printable(dataText(report.base)))}`],
    bestTrials(report, top, paint),
    wordsSection('What luck explains', luckInWords(report), paint),
    wordsSection('Search', searchInWords(report), paint),
    warningsSection(report.warnings, paint),
  ]);
}

function bestTrials({ trials, ranking, objective }: SweepReport, top: number, paint: Paint): string[] {
  const byIndex = new Map(trials.map((trial) => [trial.index, trial]));
  const best = ranking.slice(0, top).flatMap((index) => byIndex.get(index) ?? []);
  if (best.length === 0) return [paint.bold('Best trials'), '  none has a value'];
  const isSharpe = objective.id === 'sharpe';
  const rowsOf = best.map((trial, rank) => [
    String(rank + 1),
    printable(paramsText(trial.params)),
    ...(isSharpe ? [] : [figure(trial.value, 'ratio')]),
    figure(trial.sharpe, 'ratio'),
    figure(trial.totalReturn, 'fraction'),
    figure(trial.maxDrawdown, 'fraction'),
    figure(trial.trades, 'count'),
  ]);
  const [titles = '', ...lines] = table(
    [
      '',
      'Parameters',
      ...(isSharpe ? [] : [objective.label]),
      'Sharpe ratio',
      'Total return',
      'Max drawdown',
      'Trades',
    ].map((title, i) => ({ title, align: i === 1 ? 'left' : 'right' })),
    rowsOf,
  );
  return [paint.bold('Best trials'), `  ${paint.faint(titles)}`, ...lines.map((line) => `  ${line}`)];
}
