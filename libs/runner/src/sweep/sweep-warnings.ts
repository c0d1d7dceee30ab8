import { figure, fixed, paramsText, type SweepReport } from '@quarry/contracts';
import type { ParameterSpace } from '@quarry/engine/host';
import { atEdges } from '../search/at-edges.js';
import type { SearchedTrial } from '../search/run-search.js';

const believable = 0.95;
const fewTrades = 30;
const lonePeak = 0.6;

/** What stands against believing the best trial, in sentences. */
export function warningsOf(
  { luck, surface, trials, trialCount, failed, objective }: Omit<SweepReport, 'warnings' | 'environment'>,
  space: ParameterSpace,
  best: SearchedTrial | undefined,
): string[] {
  if (!best)
    return [`No trial has a ${objective.label}: ${failed} of ${trialCount} failed, the others left it undefined.`];
  const said: string[] = [];
  if (luck && !(Number(luck.deflated) >= believable)) {
    said.push(
      `After ${fixed(luck.trials, 0)} trials of "${luck.family}", the best Sharpe ratio of ${figure(luck.sharpe, 'ratio')} is not beyond luck: DSR ${figure(luck.deflated, 'ratio')}, below ${believable}.`,
    );
  }
  if (luck && Number(luck.minimumYears) > Number(luck.years)) {
    said.push(
      `So many trials need ${figure(luck.minimumYears, 'ratio')} years of data before such a ratio is not to be expected of luck; there are ${figure(luck.years, 'ratio')}.`,
    );
  }
  if (luck?.overfitting && luck.overfitting.probability > 0.5) {
    said.push(
      `The best of one half of the time is below the middle in the other half more often than not (PBO ${figure(luck.overfitting.probability, 'fraction')}).`,
    );
  }
  if (surface && Number(surface.plateau) < lonePeak) {
    said.push(
      `The best trial stands alone: its neighbours beat only ${figure(surface.plateau, 'fraction')} of all trials.`,
    );
  }
  for (const name of atEdges(space, best.params)) {
    said.push(`The best ${name} lies on the end of its range: it may lie beyond.`);
  }
  const trades = 'failure' in best.result ? NaN : best.result.metrics['trades'];
  if (trades !== undefined && trades < fewTrades)
    said.push(`The best trial made ${trades} trades; fewer than ${fewTrades} say little.`);
  const broken = trials.find(({ failure }) => failure !== null);
  if (broken?.failure) {
    const { message, position } = broken.failure;
    const where = position ? ` (${position.file}:${position.line})` : '';
    said.push(
      `${failed} of ${trialCount} trials failed, the first with ${paramsText(broken.params)}: ${message}${where}`,
    );
  }
  return said;
}
