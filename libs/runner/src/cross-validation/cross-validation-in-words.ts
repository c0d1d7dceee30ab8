import { figure, fixed, paramsText, toJsonNumber, type CrossValidationReport } from '@quarry/contracts';
import { choicesOf } from './choices.js';
import { nothingEarned } from './nothing-earned.js';

type Words = readonly (readonly [name: string, text: string])[];

const believable = 0.95;

/** How the paths spread, and what is left of the search on them; the same words in the terminal and on the page. */
export function pathsInWords(report: CrossValidationReport): Words {
  const { paths, distribution, degradation, stability, objective, whole, ledger } = report;
  const { mean, deviation, least, median, most, atOrBelowZero } = distribution;
  const sure = paths.filter(({ probabilistic }) => Number(probabilistic) >= believable).length;
  const steadiness = Object.entries(stability).map(([name, value]) => `${name} ${figure(value, 'ratio')}`);
  return [
    [
      `${objective.label}, mean over paths`,
      `${figure(mean, 'ratio')}, deviation ${figure(deviation, 'ratio')}, ${fixed(paths.length, 0)} path${paths.length === 1 ? '' : 's'}`,
    ],
    ['Least, median, most', [least, median, most].map((value) => figure(value, 'ratio')).join(', ')],
    ...(nothingEarned(objective.id) === 0
      ? ([['Paths with it at or below 0', figure(atOrBelowZero, 'fraction')]] as const)
      : []),
    ['Paths that earned nothing or lost', `${withoutGain(report)} of ${paths.length}`],
    [`Paths with PSR of ${believable} or more`, `${sure} of ${paths.length}`],
    [
      `${objective.label}, mean over splits`,
      `${figure(degradation.inSample, 'ratio')} in sample, ${figure(degradation.outOfSample, 'ratio')} out of sample`,
    ],
    ['Efficiency: out of sample over in sample', figure(degradation.efficiency, 'fraction')],
    ['Splits that did worse out of sample', figure(degradation.worse, 'fraction')],
    ['Best on all of the data', whole ? `${figure(whole.value, 'ratio')} with ${paramsText(whole.params)}` : '–'],
    ['Stability of what was chosen, 0 to 1', steadiness.join(', ') || '–'],
    [`Trials of "${ledger.family}" ever counted here`, fixed(ledger.trials, 0)],
  ];
}

export function withoutGain({ paths }: CrossValidationReport): number {
  return paths.filter(({ figures }) => Number(figures.totalReturn) <= 0).length;
}

/** How it was cut and searched. */
export function splitsInWords(report: CrossValidationReport): Words {
  const { plan, search, objective, fixed: same, groups, splits, trials } = report;
  const returns = groups.reduce((sum, group) => sum + group.returns, 0);
  return [
    [
      'Groups',
      `${plan.groups} of ${fixed(returns, 0)} returns, ${plan.testGroups} tested in each of ${splits.length} splits`,
    ],
    ['Purge and embargo', `${plan.purge} returns on both sides of a test, ${plan.embargo} more behind it`],
    ['Method', `${search.method}, ${fixed(trials, 0)} trials, each run once over all of the data`],
    ['Objective', `${search.direction} ${objective.label} (${objective.basis})`],
    ...(search.constraints.length > 0 ? ([['Constraints', search.constraints.join(', ')]] as const) : []),
    ...(Object.keys(same).length > 0 ? ([['Same in all trials', paramsText(same)]] as const) : []),
    ['Seed', String(search.seed)],
  ];
}

const choicesShown = 12;

/** What splits chose, most often first, as rows under their columns. */
export function choicesInWords(report: CrossValidationReport): {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const { objective, splits } = report;
  return {
    columns: ['Chosen', 'In splits', `${objective.label} in sample`, 'Out of sample'],
    rows: choicesOf(report)
      .slice(0, choicesShown)
      .map((choice) => [
        paramsText(choice.params),
        `${choice.splits} of ${splits.length}`,
        figure(toJsonNumber(choice.inSample), 'ratio'),
        figure(toJsonNumber(choice.outOfSample), 'ratio'),
      ]),
  };
}
