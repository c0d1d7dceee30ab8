import { describe, expect, test } from '@jest/globals';
import type { Bars } from '../bars.js';
import { orderStates } from '../results.js';
import { scripted } from '../scripted.js';
import type { BacktestSettings } from '../settings.js';
import { backtest, barsFrom, type BarRow } from '../testing.js';
import type { Order, Trader } from '../trader.js';

const quiet = { open: 100, high: 101, low: 99, close: 100 };
const up = { open: 100, high: 106, low: 100, close: 105 };
const named = (symbol: string, rows: readonly BarRow[]): Bars => barsFrom(rows, { symbol });

/** Runs a script over the series; tells of each order what became of it, at which bar of its series, and its price. */
function ends(
  script: Readonly<Record<number, (trader: Trader) => void>>,
  series: readonly Bars[],
  settings: Partial<BacktestSettings> = {},
) {
  const { orders } = backtest(scripted(script), series, settings);
  return Array.from(orders.state, (state, i) => [orderStates[state], orders.endBar[i], orders.fillPrice[i]]);
}

describe('orders for two series, one of which cancels the other', () => {
  const either = {
    0: ({ buy, series: [a, b] }: Trader) => {
      const first = buy({ size: 1, stop: 104, on: a! });
      buy({ size: 1, stop: 104, on: b!, oco: first });
    },
  };

  test('the first to fill withdraws the other, at the last bar of its own series', () => {
    const series = [named('A', [quiet, quiet, quiet, up, up]), named('B', [quiet, quiet, up, up, up])];
    expect(ends(either, series)).toEqual([
      ['cancelled', 1, NaN],
      ['filled', 2, 104],
    ]);
  });

  test('of two that bars of the same moment reach, that of the first series fills', () => {
    const series = [named('A', [quiet, up, up]), named('B', [quiet, up, up])];
    expect(ends(either, series)).toEqual([
      ['filled', 1, 104],
      ['cancelled', 0, NaN],
    ]);
  });
});

describe('an order after one for another series', () => {
  const pair = {
    0: ({ buy, sell, series: [a, b] }: Trader) => {
      const first = buy({ size: 1, stop: 104, on: a! });
      sell({ size: 1, on: b!, after: first });
    },
  };
  const series = [named('A', [quiet, quiet, up, quiet, quiet]), named('B', [quiet, quiet, quiet, up, up])];

  test('meets the bar that begins when that of the fill is complete, not that bar itself', () => {
    expect(ends(pair, series)).toEqual([
      ['filled', 2, 104],
      ['filled', 3, 100],
    ]);
    expect(ends(pair, [series[0]!, named('B', [quiet, quiet, up, up, up])])[1]).toEqual(['filled', 3, 100]);
  });

  test('is withdrawn with it, whichever ends it', () => {
    const script = { ...pair, 1: ({ cancelAll }: Trader) => cancelAll() };
    expect(ends(script, series).map(([state]) => state)).toEqual(['cancelled', 'cancelled']);
    const dated = {
      0: ({ buy, sell, series: [a, b] }: Trader) => {
        sell({ size: 1, on: b!, after: buy({ size: 1, stop: 120, on: a!, timeInForce: 'day' }) });
      },
    };
    expect(ends(dated, series)).toEqual([
      ['expired', 1, NaN],
      ['cancelled', 1, NaN],
    ]);
  });

  test('that is replaced at the moment of that fill is as if it had come to life', () => {
    let second: Order;
    const script = {
      0: ({ buy, sell, series: [a, b] }: Trader) => {
        second = sell({ size: 1, on: b!, limit: 150, after: buy({ size: 1, stop: 104, on: a! }) });
      },
      2: () => second.replace({ limit: 103 }),
    };
    expect(ends(script, series)).toEqual([
      ['filled', 2, 104],
      ['cancelled', 2, NaN],
      ['filled', 3, 103],
    ]);
  });

  test('trails from the close that is known then', () => {
    const script = {
      0: ({ buy, sell, series: [a, b] }: Trader) => {
        sell({ size: 1, on: b!, trail: 2, after: buy({ size: 1, stop: 104, on: a! }) });
      },
    };
    const falling = named('B', [quiet, quiet, up, { open: 104, high: 104, low: 102, close: 102 }, quiet]);
    expect(ends(script, [series[0]!, falling])[1]).toEqual(['filled', 3, 103]);
  });

  test('under this-close waits for the close after', () => {
    const script = {
      0: ({ buy, sell, series: [a, b] }: Trader) => {
        sell({ size: 1, on: b!, after: buy({ size: 1, on: a! }) });
        buy({ size: 1, on: b! });
      },
    };
    expect(ends(script, series, { fill: 'this-close' }).map(([state, bar]) => [state, bar])).toEqual([
      ['filled', 0],
      ['filled', 1],
      ['filled', 0],
    ]);
  });
});
