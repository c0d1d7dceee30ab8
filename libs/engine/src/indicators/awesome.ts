import { difference } from './arithmetic.js';
import type { HighLow } from './bar-columns.js';
import { medianPriceColumn } from './prices.js';
import { smaColumn } from './sma.js';
import { requireFastAndSlow, requireWindow } from './window.js';

/** Awesome oscillator (B. Williams, New Trading Dimensions, 1998): fast less slow average of the bars' middles. */
export function awesomeColumn({ high, low }: HighLow, fast: number, slow: number): Float64Array {
  requireFastAndSlow('awesome', fast, slow);
  const middle = medianPriceColumn(high, low);
  return difference(smaColumn(middle, fast), smaColumn(middle, slow));
}

/** Accelerator oscillator (B. Williams, 1998): the awesome oscillator less its own average over `signal` bars. */
export function acceleratorColumn(bars: HighLow, fast: number, slow: number, signal: number): Float64Array {
  requireFastAndSlow('accelerator', fast, slow);
  requireWindow('accelerator', signal, 'the window of the signal');
  const awesome = awesomeColumn(bars, fast, slow);
  return difference(awesome, smaColumn(awesome, signal));
}
