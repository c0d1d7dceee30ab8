import { figure } from '../figure.js';
import type { JsonNumber } from '../json-number.js';
import type { Run } from '../run.js';

const told: readonly (readonly [id: string, label: string, unit: 'fraction' | 'ratio' | 'count'])[] = [
  ['totalReturn', 'return', 'fraction'],
  ['sharpe', 'Sharpe', 'ratio'],
  ['deflatedSharpe', 'DSR', 'ratio'],
  ['terminal', 'median end', 'ratio'],
  ['maxDrawdown', 'drawdown', 'fraction'],
  ['findings', 'findings', 'count'],
];

/** What came of a run, in a few figures; why it failed; how far it is. */
export function outcomeInWords({ state, failure, headline, progress }: Run): string {
  if (failure) return failure.message;
  if (state === 'running' && progress) {
    const best = progress.best ? `, best so far ${figure(progress.best.value, 'ratio')}` : '';
    return `${progress.done} of ${progress.total}${best}`;
  }
  return told
    .flatMap(([id, label, unit]) =>
      headline?.[id] === undefined ? [] : [`${label} ${figure(headline[id] as JsonNumber, unit)}`],
    )
    .join(' · ');
}
