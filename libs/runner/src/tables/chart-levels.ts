import type { Bars } from '@quarry/engine/host';

export const chartColumns = ['time', 'open', 'high', 'low', 'close', 'volume', 'equity', 'drawdown'] as const;
export type ChartColumns = Readonly<Record<(typeof chartColumns)[number], Float64Array>>;

/** How many rows of one level a row of the next stands for. */
export const levelStep = 8;

export function finestLevel(bars: Bars, equity: Float64Array, drawdown: Float64Array): ChartColumns {
  const { time, open, high, low, close, volume } = bars;
  return { time, open, high, low, close, volume, equity, drawdown };
}

/**
 * The next coarser level: eight rows become one with the first time and open, the highest high, the lowest low, the last close and
 * equity, the volume's sum and the deepest drawdown. A NaN is passed over where another value is there.
 */
export function coarserLevel(fine: ChartColumns): ChartColumns {
  const length = fine.time.length;
  const rows = Math.ceil(length / levelStep);
  const fold = (column: Float64Array, join: (a: number, b: number) => number) => {
    const out = new Float64Array(rows);
    for (let row = 0, at = 0; row < rows; row++) {
      const end = Math.min(at + levelStep, length);
      let value = column[at++]!;
      for (; at < end; at++) {
        const next = column[at]!;
        if (next === next) value = value === value ? join(value, next) : next;
      }
      out[row] = value;
    }
    return out;
  };
  const first = (a: number) => a;
  const last = (_: number, b: number) => b;
  const highest = (a: number, b: number) => (b > a ? b : a);
  const lowest = (a: number, b: number) => (b < a ? b : a);
  return {
    time: fold(fine.time, first),
    open: fold(fine.open, first),
    high: fold(fine.high, highest),
    low: fold(fine.low, lowest),
    close: fold(fine.close, last),
    volume: fold(fine.volume, (a, b) => a + b),
    equity: fold(fine.equity, last),
    drawdown: fold(fine.drawdown, lowest),
  };
}
