import { lagged } from './arithmetic.js';
import type { HighLowClose } from './bar-columns.js';
import { highestColumn, lowestColumn } from './extremes.js';
import { medianPriceColumn } from './prices.js';
import { requireWindow } from './window.js';

export interface IchimokuColumns {
  /** Tenkan-sen: the middle of the range of the short window. */
  readonly conversion: Float64Array;
  /** Kijun-sen: the middle of the range of the middle window. */
  readonly base: Float64Array;
  /** Senkou span A over the current bar: computed `displacement` bars ago. */
  readonly spanA: Float64Array;
  /** Senkou span B over the current bar: computed `displacement` bars ago. */
  readonly spanB: Float64Array;
  /** Span A as it is known now; a chart draws it `displacement` bars ahead. */
  readonly leadingA: Float64Array;
  /** Span B as it is known now; a chart draws it `displacement` bars ahead. */
  readonly leadingB: Float64Array;
  /** The close `displacement` bars ago: the lagging span (chikou) is above the price where the close now is above this. */
  readonly lagging: Float64Array;
}

export interface IchimokuWindows {
  readonly conversion: number;
  readonly base: number;
  readonly span: number;
  /** Bars that a chart moves the spans ahead and the lagging line back. */
  readonly displacement: number;
}

/** Ichimoku kinko hyo (G. Hosoda, 1969), every line read at a bar where it is known. */
export function ichimokuColumns({ high, low, close }: HighLowClose, windows: IchimokuWindows): IchimokuColumns {
  const middle = (window: number, name: string): Float64Array => {
    requireWindow('ichimoku', window, `the window of the ${name}`);
    return medianPriceColumn(highestColumn(high, window), lowestColumn(low, window));
  };
  requireWindow('ichimoku', windows.displacement, 'the displacement', 0);
  const conversion = middle(windows.conversion, 'conversion line');
  const base = middle(windows.base, 'base line');
  const leadingA = medianPriceColumn(conversion, base);
  const leadingB = middle(windows.span, 'span');
  return {
    conversion,
    base,
    spanA: lagged(leadingA, windows.displacement),
    spanB: lagged(leadingB, windows.displacement),
    leadingA,
    leadingB,
    lagging: lagged(close, windows.displacement),
  };
}
