import type { MonteCarloOptions } from '@quarry/contracts';
import { UsageError } from '../usage-error.js';
import { orList } from './number.js';

/** Short names of some methods. */
const methods: Readonly<Record<string, MonteCarloOptions['method']>> = {
  'trade-shuffle': 'trade-shuffle',
  bootstrap: 'trade-bootstrap',
  stationary: 'stationary-bootstrap',
  'block-bootstrap': 'moving-block-bootstrap',
  'synthetic-blocks': 'synthetic-blocks',
  'synthetic-gbm': 'synthetic-gbm',
  'synthetic-merton': 'synthetic-merton',
  'synthetic-garch': 'synthetic-garch',
  'synthetic-regimes': 'synthetic-regimes',
  'stress-costs': 'stress-costs',
  'stress-delay': 'stress-delay',
  'stress-missed': 'stress-missed',
  'stress-jitter': 'stress-jitter',
};

export const methodNames: readonly string[] = Object.keys(methods);

/** A method by its name here, or by its name in reports. */
export function methodFlag(text: string): MonteCarloOptions['method'] {
  const found = methods[text] ?? Object.values(methods).find((name) => name === text);
  if (found) return found;
  throw new UsageError(`--method "${text}" is unknown. Choose ${orList(methodNames)}.`);
}
