import type { Failure, ReturnFigures } from '@quarry/contracts';
import { badParameters } from './search-base.js';

/** What can be told of the returns of any stretch. */
const objectives: readonly (keyof ReturnFigures)[] = [
  'sharpe',
  'sortino',
  'calmar',
  'omega',
  'totalReturn',
  'annualReturn',
  'maxDrawdown',
  'volatility',
];

/** The objective of a search that judges trials by stretches of their returns; a failure where it is no figure of them. */
export function returnObjective(
  id: string,
  who: 'A walk-forward' | 'A cross-validation',
): keyof ReturnFigures | Failure {
  return (
    objectives.find((known) => known === id) ??
    badParameters(
      `${who} cannot search for "${id}": it needs a figure of returns alone. Choose ${objectives.join(', ')}.`,
    )
  );
}
