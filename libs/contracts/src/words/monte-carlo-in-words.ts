import { figure, fixed } from '../figure.js';
import type { JsonNumber } from '../json-number.js';
import type { MonteCarloReport } from '../monte-carlo.js';
import type { ReportMetric } from '../report.js';

type Unit = ReportMetric['unit'];

/** A table of figures: what it is about, and its columns. */
export interface FigureTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const quantileNames = ['5 %', '25 %', 'Median', '75 %', '95 %'];
const units: Readonly<Record<string, Unit>> = {
  ...{ totalReturn: 'fraction', maxDrawdown: 'fraction', volatility: 'fraction', trades: 'count', sharpe: 'ratio' },
};
const labels: Readonly<Record<string, string>> = {
  ...{ totalReturn: 'Total return', maxDrawdown: 'Max drawdown', volatility: 'Volatility' },
  ...{ trades: 'Trades', sharpe: 'Sharpe ratio' },
};

/** What a Monte Carlo says, as one table; the same in the terminal and on the page. */
export function figuresInWords({ paths, runs, levels, options }: MonteCarloReport): FigureTable {
  if (levels) {
    const ids = Object.keys(levels.find(({ figures }) => figures)?.figures ?? {});
    return {
      columns: [options.method === 'stress-costs' ? 'Costs times' : 'Bars late', ...ids.map((id) => labels[id] ?? id)],
      rows: levels.map(({ level, figures }) => [
        String(level),
        ...ids.map((id) => figure(figures?.[id] ?? 'NaN', units[id] ?? 'ratio')),
      ]),
    };
  }
  if (runs) {
    return {
      columns: ['', 'Original', 'Mean', ...quantileNames, 'Runs below'],
      rows: runs.figures.map(({ id, label, original, spread, worse }) => [
        label,
        ...[original, spread.mean, ...spread.quantiles].map((value) => figure(value, units[id] ?? 'ratio')),
        figure(worse, 'fraction'),
      ]),
    };
  }
  const row = (name: string, unit: Unit, spread: { mean: JsonNumber; quantiles: readonly JsonNumber[] } | undefined) =>
    spread ? [[name, ...[spread.mean, ...spread.quantiles].map((value) => figure(value, unit))]] : [];
  return {
    columns: ['', 'Mean', ...quantileNames],
    rows: [
      ...row('End, of a start of 1', 'ratio', paths?.terminal),
      ...row('Max drawdown', 'fraction', paths?.maxDrawdown),
      ...row('Longest drawdown, steps', 'count', paths?.longestDrawdown),
    ],
  };
}

/** What stands beside the table: the hypothesis, the chances, and what the method cannot speak of. */
export function methodInWords(report: MonteCarloReport): readonly (readonly [name: string, text: string])[] {
  const { options, paths, cannotChange, step, runs } = report;
  const chance = (level: { level: number; probability: number } | undefined, what: string) =>
    level ? [[`${what} ${level.level} of the start`, figure(level.probability, 'fraction')] as const] : [];
  return [
    ['Method', options.method],
    ['It supposes', report.null],
    ...(paths ? ([['Paths', `${fixed(options.paths, 0)}, a step is a ${step}`]] as const) : []),
    ...(runs ? ([['Runs of the strategy', fixed(options.paths, 0)]] as const) : []),
    ...chance(paths?.ruin, 'Ever at or below'),
    ...chance(paths?.goal, 'Ever at or above'),
    ...(paths?.terminal
      ? ([
          ['Value at risk, 5 %', figure(paths.terminal.valueAtRisk, 'fraction')],
          ['Expected shortfall, 5 %', figure(paths.terminal.expectedShortfall, 'fraction')],
        ] as const)
      : []),
    ...(cannotChange.length > 0 ? ([['It cannot change, so says nothing of', cannotChange.join(', ')]] as const) : []),
    ['Seed', String(options.seed)],
  ];
}
