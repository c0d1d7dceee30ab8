import { figure, type SweepReport } from '@quarry/contracts';
import { luckInWords, paramsText, searchInWords } from '@quarry/runner';
import { printable, type Paint } from '../terminal/paint.js';
import { table } from '../terminal/table.js';

const labelWidth = 54;

/** A sweep as text: the best trials, what luck explains of them, how they were searched. The same report gives the same text. */
export function sweepSheet(report: SweepReport, top: number, paint: Paint): string {
  const data = report.base.data.map(({ dataset, symbols }) => `${symbols.join(', ')} from ${dataset}`).join('; ');
  const sections = [
    [`${paint.bold(printable(report.strategyName))}  ${paint.faint(printable(data))}`],
    bestTrials(report, top, paint),
    [paint.bold('What luck explains'), ...rows(luckInWords(report))],
    [paint.bold('Search'), ...rows(searchInWords(report))],
    report.warnings.length > 0
      ? [paint.yellow(paint.bold('Before you believe it')), ...report.warnings.map((text) => `  ${printable(text)}`)]
      : [],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => line.trimEnd()).join('\n'))
    .join('\n\n')}\n`;
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

function rows(words: readonly (readonly [string, string])[]): string[] {
  return words.map(([name, text]) => `  ${printable(name).padEnd(labelWidth)}  ${printable(text)}`);
}
