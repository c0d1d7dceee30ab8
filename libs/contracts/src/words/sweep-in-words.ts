import { figure, fixed } from '../figure.js';
import type { ParamValues } from '../params.js';
import type { SearchBase, SweepReport } from '../search.js';
import { intervalText } from './interval-text.js';

type Words = readonly (readonly [name: string, text: string])[];

/** `fast=10 slow=40` */
export function paramsText(params: ParamValues): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${typeof value === 'number' ? Number(value.toPrecision(6)) : String(value)}`)
    .join(' ');
}

const mostNamed = 3;

/** `SPX from sp500`, `40 symbols from stocks` */
export function dataText({ data }: SearchBase): string {
  return data
    .map(({ dataset, symbols }) =>
      symbols.length > mostNamed
        ? `${symbols.length} symbols from ${dataset}`
        : `${symbols.join(', ')} from ${dataset}`,
    )
    .join('; ');
}

/** What luck explains of the best trial, question by question; the same words in the terminal and on the page. */
export function luckInWords(report: SweepReport): Words {
  const { luck, surface, ranking } = report;
  if (!luck || ranking.length === 0) return [['Luck', 'no trial has a Sharpe ratio that could be deflated']];
  const { overfitting, superiority, intervals } = luck;
  return [
    [
      'Sharpe ratio of the best, a year',
      `${figure(luck.sharpe, 'ratio')}${intervals ? `, ${intervalText(intervals.sharpe)} at 95 %, had it been the only trial` : ''}`,
    ],
    [
      `Trials of "${luck.family}" ever counted here`,
      `${fixed(luck.trials, 0)}, as many as ${fixed(luck.effectiveTrials, 0)} independent ones`,
    ],
    ['Expected of the best of so many without skill', figure(luck.expectedMaxSharpe, 'ratio')],
    ['PSR: true ratio above 0, had it been the only trial', figure(luck.probabilistic, 'ratio')],
    ['DSR: true ratio above what luck was expected to show', figure(luck.deflated, 'ratio')],
    ['DSR by independent trials', figure(luck.deflatedByEffective, 'ratio')],
    [
      'MinBTL: years that so many trials need',
      `${figure(luck.minimumYears, 'ratio')}; there are ${figure(luck.years, 'ratio')}`,
    ],
    [
      'PBO: best of one half in the lower half of the other',
      overfitting
        ? `${figure(overfitting.probability, 'fraction')} of splits, ${luck.compared} trials compared`
        : 'too few trials or returns',
    ],
    ...(superiority
      ? ([
          [
            'Mean return above 0 by chance (Reality Check, SPA)',
            `p = ${figure(superiority.realityCheck, 'ratio')}, ${figure(superiority.spa, 'ratio')}`,
          ],
        ] as const)
      : []),
    ['Plateau: trials that the best one’s neighbours beat', figure(surface?.plateau ?? 'NaN', 'fraction')],
    ['Share of variance that a parameter explains', sensitivities(surface)],
    ['Where the best tenth of the trials lies', regions(report)],
  ];
}

/** `in 2 regions: 7 about fast=10 slow=180, 2 about fast=40 slow=60` */
function regions({ surface, trials }: SweepReport): string {
  const found = surface?.regions ?? [];
  if (found.length === 0) return '–';
  const about = found.slice(0, mostNamed).map(({ trials: count, best }) => {
    const trial = trials.find(({ index }) => index === best);
    return `${count} about ${trial ? paramsText(trial.params) : '–'}`;
  });
  const more = found.length > mostNamed ? ' …' : '';
  return `in ${found.length} region${found.length === 1 ? '' : 's'}: ${about.join(', ')}${more}`;
}

function sensitivities(surface: SweepReport['surface']): string {
  const shares = Object.entries(surface?.sensitivities ?? {}).sort(([, a], [, b]) => Number(b) - Number(a));
  return shares.map(([name, share]) => `${name} ${figure(share, 'fraction')}`).join(', ') || '–';
}

/** How it was searched. */
export function searchInWords({
  search,
  objective,
  fixed: same,
  trialCount,
  stoppedEarly,
  failed,
}: SweepReport): Words {
  return [
    ['Method', search.method],
    ['Objective', `${search.direction} ${objective.label} (${objective.basis})`],
    ['Trials', `${trialCount}${stoppedEarly ? ', stopped early' : ''}${failed > 0 ? `, ${failed} failed` : ''}`],
    ...(search.constraints.length > 0 ? ([['Constraints', search.constraints.join(', ')]] as const) : []),
    ...(Object.keys(same).length > 0 ? ([['Same in all trials', paramsText(same)]] as const) : []),
    ['Seed', String(search.seed)],
  ];
}
