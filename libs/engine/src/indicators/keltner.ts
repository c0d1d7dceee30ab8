import { blend } from './arithmetic.js';
import { atrColumn } from './atr.js';
import type { HighLowClose } from './bar-columns.js';
import type { BollingerColumns } from './bollinger.js';
import { emaColumn } from './ema.js';
import { requireNumber, requireWindow } from './window.js';

/** Keltner channel (C. Keltner, 1960, in L. Raschke's form): average true ranges about the EMA of the closes. */
export function keltnerColumns(
  { high, low, close }: HighLowClose,
  { window, atr, ranges }: { readonly window: number; readonly atr: number; readonly ranges: number },
): BollingerColumns {
  requireWindow('keltner', window);
  requireWindow('keltner', atr, 'the window of the range');
  requireNumber('keltner', 'the number of ranges', ranges, 0);
  const middle = emaColumn(close, window);
  const range = atrColumn(high, low, close, atr);
  return { upper: blend(1, middle, ranges, range), middle, lower: blend(1, middle, -ranges, range) };
}
