import { figure, type CrossValidationReport } from '@quarry/contracts';
import type { ParameterSpace } from '@quarry/engine/host';
import { atEdges } from '../search/at-edges.js';
import { choicesOf } from './choices.js';
import { nothingEarned } from './nothing-earned.js';

const halfLost = 0.5;
const unsteady = 0.5;
const fewReturns = 30;
const believable = 0.95;

/** What stands against believing the paths, in sentences. */
export function crossValidationWarnings(
  report: Omit<CrossValidationReport, 'warnings'>,
  space: ParameterSpace,
): string[] {
  const { splits, paths, groups, degradation, stability, objective, plan, trials, failed } = report;
  const said: string[] = [];
  const unsure = paths.filter(({ probabilistic }) => !(Number(probabilistic) >= believable)).length;
  if (2 * unsure > paths.length) {
    const where = paths.length === 1 ? 'Out of sample' : `On ${unsure} of ${paths.length} paths`;
    said.push(`${where} the Sharpe ratio is not surely above 0: PSR below ${believable}.`);
  }
  const nothing = nothingEarned(objective.id);
  if (nothing !== null && Number(degradation.inSample) > nothing && Number(degradation.outOfSample) <= nothing) {
    said.push(
      `What was best in training earned nothing in the tests: a mean ${objective.label} of ${figure(degradation.inSample, 'ratio')} became ${figure(degradation.outOfSample, 'ratio')}.`,
    );
  } else if (Number(degradation.efficiency) < halfLost) {
    said.push(
      `Less than half of the ${objective.label} in sample is left out of sample (efficiency ${figure(degradation.efficiency, 'fraction')}).`,
    );
  }
  const choices = choicesOf(report);
  if (choices.length === 1 && choices[0]!.splits === splits.length) {
    const agree = paths.length === 1 ? '' : ': that they agree says nothing of chance';
    said.push(`The same trial was chosen in all ${splits.length} splits, so every path is its one run${agree}.`);
  }
  for (const [name, value] of Object.entries(stability)) {
    if (Number(value) < unsteady) {
      said.push(`The best ${name} wanders from split to split (stability ${figure(value, 'ratio')} of 1).`);
    }
  }
  for (const { name } of space.dimensions) {
    const count = splits.filter(({ params }) => params && atEdges(space, params).includes(name)).length;
    if (2 * count > splits.length) {
      said.push(
        `In ${count} of ${splits.length} splits the best ${name} lies on the end of its range: it may lie beyond.`,
      );
    }
  }
  const shortest = groups.reduce((least, { returns }) => Math.min(least, returns), Infinity);
  if (shortest < fewReturns) {
    said.push(
      `A group holds ${shortest} returns; fewer than ${fewReturns} say little. Take fewer groups, or more data.`,
    );
  }
  if (plan.purge === 0) {
    said.push('Nothing is purged: a position that is open where a test begins stands in training and test alike.');
  }
  const idle = splits.filter(({ params }) => params === null).length;
  if (idle > 0) said.push(`In ${idle} of ${splits.length} splits no trial had a value, and nothing was traded.`);
  if (failed > 0) said.push(`${failed} of ${trials} trials failed.`);
  return said;
}
