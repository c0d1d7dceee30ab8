import { newColumn } from '../new-column.js';
import { rocColumn } from './roc.js';
import { smaColumn } from './sma.js';
import { requireWindow } from './window.js';

/** Rates of change and the averages over each, in bars; Pring's for days. */
const steps = [
  { roc: 10, average: 10 },
  { roc: 15, average: 10 },
  { roc: 20, average: 10 },
  { roc: 30, average: 15 },
];

/**
 * Know sure thing (M. Pring, Stocks & Commodities 10:9, 1992): four averaged rates of change, in percent, weighing 1 to 4,
 * and the average of their sum as signal.
 */
export function kstColumns(values: Float64Array, window: number): { line: Float64Array; signal: Float64Array } {
  requireWindow('kst', window, 'the window of the signal');
  const line = newColumn(values.length);
  steps.forEach(({ roc, average }, index) => {
    const averaged = smaColumn(rocColumn(values, roc), average);
    for (let i = 0; i < line.length; i++) line[i]! += (index + 1) * averaged[i]!;
  });
  return { line, signal: smaColumn(line, window) };
}
