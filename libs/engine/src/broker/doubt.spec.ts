import { describe, expect, test } from '@jest/globals';
import type { OrderRequest } from '../order-request.js';
import { scripted } from '../scripted.js';
import type { PathModel } from '../settings.js';
import { backtest, type BarRow, barsFrom } from '../testing.js';

const quiet = bar(100, 101, 99, 100);
const models: readonly PathModel[] = ['certain', 'ohlc-path', 'adaptive-path', 'pessimistic'];

function bar(open: number, high: number, low: number, close: number): BarRow {
  return { open, high, low, close };
}

/** Buys one unit and tells, for a path model, how the trade ended and how it hangs on the path. */
function tradeOf(request: OrderRequest, bars: readonly BarRow[], path: PathModel, side: 'buy' | 'sell' = 'buy') {
  const strategy = scripted({ 0: (trader) => void trader[side]({ size: 1, ...request }) });
  const { trades, ambiguity } = backtest(strategy, barsFrom([quiet, ...bars]), { path });
  return { exit: trades.open[0] ? null : trades.exitPrice[0], flagged: trades.ambiguous[0], ambiguity };
}

describe('stop loss and take profit in one bar', () => {
  const legs = { stopLoss: 95, takeProfit: 105 };
  const both = bar(99, 106, 94, 100);

  test('end as the path model has it: of a long, and with the low nearer to the open', () => {
    const exits = models.map((path) => tradeOf(legs, [quiet, both], path).exit);
    expect(exits).toEqual([95, 105, 95, 95]);
  });

  test('of a short: the high is what it suffers from', () => {
    const exits = models.map((path) => tradeOf({ stopLoss: 105, takeProfit: 95 }, [quiet, both], path, 'sell').exit);
    expect(exits).toEqual([105, 105, 95, 105]);
  });

  test.each(models)('are flagged and bounded under %s', (path) => {
    const { flagged, ambiguity } = tradeOf(legs, [quiet, both], path);
    expect([flagged, ambiguity]).toEqual([1, { trades: 1, worst: -5, best: 5 }]);
  });

  test('are certain where the open passed one of them', () => {
    const { exit, flagged, ambiguity } = tradeOf(legs, [quiet, bar(107, 108, 94, 100)], 'certain');
    expect([exit, flagged, ambiguity.trades]).toEqual([107, 0, 0]);
  });
});

describe('an entry within the bar', () => {
  test('by a limit whose stop loss is in range is certain on every path', () => {
    const ends = models.map((path) =>
      tradeOf({ limit: 98, stopLoss: 95, takeProfit: 110 }, [bar(100, 101, 94, 96)], path),
    );
    expect(ends.map(({ exit, flagged }) => [exit, flagged])).toEqual(models.map(() => [95, 0]));
  });

  test('by a limit whose take profit is in range hangs on the path', () => {
    const request = { limit: 98, stopLoss: 90, takeProfit: 104 };
    const bars = [bar(100, 105, 97, 100), bar(100, 101, 99, 100)];
    const ends = models.map((path) => tradeOf(request, bars, path));
    expect(ends.map(({ exit, flagged }) => [exit, flagged])).toEqual([
      [null, 1],
      [null, 1],
      [104, 1],
      [null, 1],
    ]);
    expect(ends.map(({ ambiguity }) => ambiguity)).toEqual(models.map(() => ({ trades: 1, worst: 2, best: 6 })));
  });

  test('by a stop whose close lies beyond the stop loss is certain', () => {
    const { exit, flagged } = tradeOf({ stop: 102, stopLoss: 95 }, [bar(100, 103, 93, 94)], 'certain');
    expect([exit, flagged]).toEqual([95, 0]);
  });

  test('on either side of a straddle that cancels itself is flagged', () => {
    const strategy = scripted({
      0: ({ buy, sell }) => void sell({ size: 1, stop: 98, oco: buy({ size: 1, stop: 102 }) }),
    });
    const run = (low: number) => backtest(strategy, barsFrom([quiet, bar(100, 103, low, 100)])).trades.ambiguous[0];
    expect([run(97), run(99)]).toEqual([1, 0]);
  });
});

test('a trailing stop that may have moved before it was hit is flagged, with where it stood and how far it could come', () => {
  const { exit, flagged, ambiguity } = tradeOf({ trailingStop: 5 }, [quiet, bar(100, 106, 94, 100)], 'certain');
  expect([exit, flagged, ambiguity]).toEqual([96, 1, { trades: 1, worst: -4, best: 1 }]);
});

test('a gap through a stop order fills at the open on every path', () => {
  const exits = models.map((path) => tradeOf({ stopLoss: 95 }, [quiet, bar(90, 101, 89, 100)], path).exit);
  expect(exits).toEqual([90, 90, 90, 90]);
});
