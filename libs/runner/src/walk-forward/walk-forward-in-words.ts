import { figure, fixed, type WalkForwardReport, intervalText, paramsText } from '@quarry/contracts';

type Words = readonly (readonly [name: string, text: string])[];

/** What is left of the search out of sample; the same words in the terminal and on the page. */
export function outOfSampleInWords({ stitched, degradation, stability, objective, ledger }: WalkForwardReport): Words {
  const { figures, intervals } = stitched;
  const steadiness = Object.entries(stability).map(([name, value]) => `${name} ${figure(value, 'ratio')}`);
  return [
    ['Total return', figure(figures.totalReturn, 'fraction')],
    ['Annual return', figure(figures.annualReturn, 'fraction')],
    ['Volatility, a year', figure(figures.volatility, 'fraction')],
    ['Max drawdown', figure(figures.maxDrawdown, 'fraction')],
    ['Sharpe ratio', `${figure(figures.sharpe, 'ratio')} over ${fixed(stitched.returns, 0)} returns`],
    ['PSR: true ratio above 0', figure(stitched.probabilistic, 'ratio')],
    ...(intervals
      ? ([
          ['Sharpe ratio, 95 % interval (block bootstrap, BCa)', intervalText(intervals.sharpe)],
          ['Profit factor of returns, likewise', intervalText(intervals.profitFactor)],
          ['Max drawdown of as long a record, likewise', intervalText(intervals.maxDrawdown, 'fraction')],
        ] as const)
      : []),
    [
      `${objective.label}, mean over folds`,
      `${figure(degradation.inSample, 'ratio')} in sample, ${figure(degradation.outOfSample, 'ratio')} out of sample`,
    ],
    ['Walk-forward efficiency', figure(degradation.efficiency, 'fraction')],
    ['Folds that did worse out of sample', figure(degradation.worse, 'fraction')],
    ['Stability of what was chosen, 0 to 1', steadiness.join(', ') || '–'],
    [`Trials of "${ledger.family}" ever counted here`, fixed(ledger.trials, 0)],
  ];
}

/** How it was cut and searched. */
export function planInWords({ plan, search, objective, fixed: same, folds }: WalkForwardReport): Words {
  const trials = folds.reduce((sum, fold) => sum + fold.trials, 0);
  return [
    ['Windows', `${plan.kind}, ${fixed(plan.train, 0)} bars of training, ${fixed(plan.test, 0)} of test`],
    ['Purge and embargo', `${plan.purge} and ${plan.embargo} bars before each test`],
    ['Method', `${search.method}, ${fixed(trials, 0)} trials in ${folds.length} folds`],
    ['Objective', `${search.direction} ${objective.label} (${objective.basis})`],
    ...(search.constraints.length > 0 ? ([['Constraints', search.constraints.join(', ')]] as const) : []),
    ...(Object.keys(same).length > 0 ? ([['Same in all trials', paramsText(same)]] as const) : []),
    ['Seed', String(search.seed)],
  ];
}
