import { describe, expect, test } from '@jest/globals';
import { orderStates } from '../results.js';
import { scripted } from '../scripted.js';
import type { BacktestSettings } from '../settings.js';
import { defineStrategy } from '../strategy.js';
import { backtest, type BarRow, barsFrom } from '../testing.js';
import type { Order, Trader } from '../trader.js';

const quiet = bar(100, 101, 99, 100);

function bar(open: number, high: number, low: number, close: number, volume = 1000): BarRow {
  return { open, high, low, close, volume };
}

/** Runs a script over a quiet first bar and those given; tells state and fill price of each order. */
function ends(script: (trader: Trader) => void, bars: readonly BarRow[], settings: Partial<BacktestSettings> = {}) {
  const { orders } = backtest(scripted({ 0: script }), barsFrom([quiet, ...bars]), settings);
  return Array.from(orders.state, (state, i) => [orderStates[state], orders.endBar[i], orders.fillPrice[i]]);
}

describe('one cancels the other', () => {
  const straddle = ({ buy, sell }: Trader) => {
    const up = buy({ size: 1, stop: 102 });
    const down = sell({ size: 1, stop: 98, oco: up });
    sell({ size: 1, stop: 97, oco: down });
  };

  test('the first to fill withdraws all others of its group', () => {
    expect(ends(straddle, [bar(100, 103, 99, 102), bar(100, 101, 90, 91)])).toEqual([
      ['filled', 1, 102],
      ['cancelled', 1, NaN],
      ['cancelled', 1, NaN],
    ]);
  });

  test('withdrawing one leaves the others', () => {
    const strategy = (trader: Trader) => {
      const up = trader.buy({ size: 1, stop: 102 });
      trader.sell({ size: 1, stop: 98, oco: up });
      up.cancel();
    };
    expect(ends(strategy, [bar(100, 103, 97, 98)])).toEqual([
      ['cancelled', 0, NaN],
      ['filled', 1, 98],
    ]);
  });

  test('an order that waits no more is refused by name', () => {
    const script = scripted({
      0: ({ buy, sell }) => {
        const up = buy({ size: 1, stop: 102 });
        up.cancel();
        sell({ size: 1, oco: up });
      },
    });
    expect(() => backtest(script, barsFrom([quiet]))).toThrow('sell: oco is no order of this run that waits');
  });
});

describe('an order after another', () => {
  test('begins to wait when that one fills, and no bar before concerns it', () => {
    const script = ({ buy, sell }: Trader) => {
      const entry = buy({ size: 1, limit: 98 });
      sell({ size: 1, limit: 100.5, after: entry });
    };
    expect(ends(script, [bar(100, 101, 99, 100), bar(98, 99, 97, 98), bar(98, 101, 98, 100)])).toEqual([
      ['filled', 2, 98],
      ['filled', 3, 100.5],
    ]);
  });

  test('at the market fills at the open after that fill', () => {
    const script = ({ buy, sell }: Trader) => void sell({ size: 1, after: buy({ size: 1 }) });
    expect(ends(script, [bar(100, 101, 99, 100), bar(103, 104, 102, 103)])).toEqual([
      ['filled', 1, 100],
      ['filled', 2, 103],
    ]);
  });

  test('is withdrawn with that one', () => {
    const script = ({ buy, sell }: Trader) => {
      const entry = buy({ size: 1, limit: 90 });
      sell({ size: 1, limit: 110, after: entry });
      entry.cancel();
    };
    expect(ends(script, [bar(100, 120, 80, 100)]).map(([state]) => state)).toEqual(['cancelled', 'cancelled']);
  });

  test('with another such order makes a bracket of exits that cancel each other', () => {
    const script = ({ buy, sell }: Trader) => {
      const entry = buy({ size: 1 });
      const profit = sell({ size: 1, limit: 105, after: entry, reduceOnly: true });
      sell({ size: 1, stop: 95, after: entry, oco: profit, reduceOnly: true });
    };
    expect(ends(script, [quiet, bar(100, 106, 99, 105), bar(100, 100, 90, 91)])).toEqual([
      ['filled', 1, 100],
      ['filled', 2, 105],
      ['cancelled', 2, NaN],
    ]);
  });
});

describe('replace', () => {
  test('asks for the same but for what is given, and keeps its links', () => {
    let answers: readonly boolean[] = [];
    const script = ({ buy, sell }: Trader) => {
      const entry = buy({ size: 2, limit: 90 });
      sell({ size: 2, limit: 99, after: entry });
      answers = [entry.replace({ limit: 98 }), entry.waiting];
    };
    expect(ends(script, [bar(99.5, 99.5, 97, 98), bar(98, 100, 98, 99)])).toEqual([
      ['cancelled', 0, NaN],
      ['filled', 2, 99],
      ['filled', 1, 98],
    ]);
    expect(answers).toEqual([true, true]);
  });

  test('of an order that is gone changes nothing', () => {
    let held: Order | null = null;
    let answer = true;
    const strategy = scripted({
      0: ({ buy }) => void (held = buy({ size: 1 })),
      1: () => void (answer = held!.replace({ size: 5 })),
    });
    const { orders } = backtest(strategy, barsFrom([quiet, quiet, quiet]));
    expect([answer, orders.length]).toEqual([false, 1]);
  });
});

describe('a strategy that listens', () => {
  test('hears of fills, cancels and rejections with their reason, before next, and may answer with orders', () => {
    const heard: unknown[] = [];
    const strategy = defineStrategy({
      name: 'Listener',
      init: () => ({ first: null as Order | null }),
      next({ buy, index }, memory) {
        if (index !== 0) return;
        memory.first = buy({ size: 1, stopLoss: 95, tag: 'first' });
        buy({ size: 1e9 });
        buy({ size: 1, limit: 50 }).cancel();
      },
      onOrder({ sell, index }, { type, role, order, bar: at, size, price, reason, tag }, memory) {
        heard.push([index, type, role, order === memory.first, at, size, price, reason.slice(0, 16), tag]);
        if (role === 'stop-loss') sell({ size: 1 });
      },
    });
    const { trades } = backtest(strategy, barsFrom([quiet, quiet, bar(100, 100, 94, 94), quiet]));
    expect(heard).toEqual([
      [1, 'cancelled', 'order', false, 0, NaN, NaN, '', ''],
      [1, 'filled', 'order', true, 1, 1, 100, '', 'first'],
      [1, 'rejected', 'order', false, 1, NaN, NaN, '1000000000 units', ''],
      [2, 'filled', 'stop-loss', false, 2, -1, 95, '', 'first'],
      [3, 'filled', 'order', false, 3, -1, 100, '', ''],
    ]);
    expect(Array.from(trades.size)).toEqual([1, -1]);
  });
});

describe('sizes', () => {
  const sized = (request: Parameters<Trader['buy']>[0], at = 0) => {
    const { trades } = backtest(
      scripted({ [at]: ({ buy }) => void buy(request) }),
      barsFrom(Array<BarRow>(30).fill(quiet)),
    );
    return trades.size[0];
  };

  test('by value, by equity and by what the stop loss loses', () => {
    expect([sized({ value: 500 }), sized({ equity: 0.5 }), sized({ risk: 0.01, stopLoss: 90 })]).toEqual([5, 500, 100]);
    expect(sized({ risk: 0.01, trailingStop: { fraction: 0.05 } })).toBe(200);
  });

  test('by volatility: the units whose value moves by so much a year', () => {
    // Closes that rise and fall by 1 % in turn; daily bars, 365.25 a year.
    const closes = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 100 : 101));
    const bars = barsFrom(closes.map((close) => bar(close, close, close, close)));
    const strategy = scripted({ 30: ({ buy }) => void buy({ volatility: 0.1, volatilityBars: 20 }) });
    const move = Math.log(1.01);
    const annual = Math.sqrt(((20 * move * move) / 19) * 365.25);
    expect(backtest(strategy, bars).trades.size[0]).toBeCloseTo((0.1 * 100_000) / (100 * annual), 6);
  });

  test.each([
    [{ risk: 0.01 }, 'buy: risk needs a stopLoss or trailingStop: without one, what is lost has no bound.'],
    [{ value: 5, size: 1 }, 'buy: Give one of size and value, not both.'],
    [{ volatility: 0.1 }, 'buy: volatility needs 20 bars that have moved; over those before bar 0 it is NaN.'],
    [{ value: -1 }, 'buy: value is -1; give a number above 0, or leave it out.'],
    [{ trail: 2, stop: 5 }, 'buy: A trailing stop moves by itself: give trail without limit, stop and touch.'],
    [{ at: 'open' as const, stop: 5 }, 'buy: An order at the open or the close takes no price but a limit'],
    [{ timeInForce: 'fok' as const }, 'buy: An order that fills whole or not at all needs a size, not a fraction.'],
    [{ goodTill: 5, timeInForce: 'day' as const }, 'buy: Give timeInForce or goodTill, not both'],
    [
      { trailingStop: 100 },
      'buy: trailingStop is 100 behind a price of 100: a stop at 0 or less is never reached. Give a shorter distance, or a fraction.',
    ],
    [
      { trailingStop: 60, limit: 50 },
      'buy: trailingStop is 60 behind a price of 50: a stop at 0 or less is never reached. Give a shorter distance, or a fraction.',
    ],
    [{ trail: { fraction: 2 } }, 'buy: trail is a fraction of 2; give one above 0 and below 1.'],
    [{ reduceOnly: true, stopLoss: 90 }, 'buy: A reduceOnly order opens nothing that a stopLoss'],
  ])('%p is refused', (request, message) => {
    expect(() => sized(request)).toThrow(message);
  });
});
