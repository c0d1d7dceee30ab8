import { figure } from '../figure.js';
import type { FigureIntervals } from '../intervals.js';

/** `-0.250 to 0.631` */
export function intervalText({ low, high }: FigureIntervals['sharpe'], unit: 'ratio' | 'fraction' = 'ratio'): string {
  return `${figure(low, unit)} to ${figure(high, unit)}`;
}
