import { describe, expect, test } from '@jest/globals';
import { orderStates } from '../../results.js';
import type { BacktestSettings, RiskRule } from '../../settings.js';
import { scripted } from '../../scripted.js';
import { backtest, barsFromCloses } from '../../testing.js';
import type { Trader } from '../../trader.js';

const flat = (count: number, price = 100) => barsFromCloses(Array.from({ length: count }, () => price));

/** Why the orders of a script were refused, over bars that stand at 100. */
function refused(
  rule: RiskRule,
  script: Record<number, (trader: Trader) => void>,
  given: Partial<BacktestSettings> = {},
) {
  return backtest(scripted(script), flat(6), { ...given, risk: [rule] }).rejections.map(({ reason }) => reason);
}

describe('a check before an order is sent refuses it with the limit and its own figure', () => {
  test('buying power', () => {
    const reasons = refused(
      { kind: 'buying-power' },
      { 0: ({ buy }) => void [buy({ size: 2_000, limit: 90 }), buy({ size: 1_000, limit: 90 }), buy()] },
    );
    expect(reasons).toEqual(['buying power: the order needs 180000.00 as margin and commission, 100000.00 is free']);
  });

  test('units held of a symbol, with all that waits', () => {
    const reasons = refused(
      { kind: 'position-limit', of: 'units', most: 100 },
      { 0: ({ buy }) => void [buy({ size: 60 }), buy({ size: 50 }), buy({ size: 40 })] },
    );
    expect(reasons).toEqual(['position limit: with this order 110 units of TEST would be held, 100 are allowed']);
  });

  test('value held, and as a share of equity', () => {
    const big = { 0: ({ sell }: Trader) => void sell({ size: 600 }) };
    expect([
      ...refused({ kind: 'position-limit', of: 'value', most: 50_000 }, big),
      ...refused({ kind: 'position-limit', of: 'equity', most: 0.5 }, big),
    ]).toEqual([
      'position limit: with this order TEST would be held for 60000.00, 50000.00 is allowed',
      'position limit: with this order TEST would be held for 60 % of equity, 50 % is allowed',
    ]);
  });

  test('units and value of one order, and orders in a day', () => {
    const two = { 0: ({ buy }: Trader) => void [buy({ size: 10 }), buy({ size: 11 })] };
    expect([
      ...refused({ kind: 'order-limit', of: 'units', most: 10 }, two),
      ...refused({ kind: 'order-limit', of: 'value', most: 1_000 }, two),
      ...refused({ kind: 'order-limit', of: 'orders-per-day', most: 1 }, { ...two, 1: two[0] }),
    ]).toEqual([
      'order limit: the order is for 11 units, 10 are allowed',
      'order limit: the order is for 1100.00, 1000.00 is allowed',
      'order limit: it would be order 2 of 20200101, 1 a day are allowed',
      'order limit: it would be order 2 of 20200102, 1 a day are allowed',
    ]);
  });

  test('a price far from the last close', () => {
    const reasons = refused(
      { kind: 'price-band', away: 0.05 },
      { 0: ({ buy }) => void [buy({ size: 1, limit: 96 }), buy({ size: 1, limit: 90 }), buy({ size: 1, stop: 110 })] },
    );
    expect(reasons).toEqual([
      'price band: the limit 90 lies 10 % from the last close of 100, 5 % is allowed',
      'price band: the stop 110 lies 10 % from the last close of 100, 5 % is allowed',
    ]);
  });

  test('what only closes always passes', () => {
    const { trades } = backtest(
      scripted({ 0: ({ buy }) => void buy({ size: 5 }), 2: ({ sell }) => void sell({ size: 5 }) }),
      flat(5),
      {
        risk: [
          { kind: 'order-limit', of: 'units', most: 5 },
          { kind: 'cooldown', after: 'loss', bars: 9 },
        ],
      },
    );
    expect([trades.length, trades.open[0]]).toEqual([1, 0]);
  });
});

describe('entries end for a while', () => {
  const buyAlways = (bars: number) =>
    scripted(
      Object.fromEntries(
        Array.from({ length: bars }, (_, bar) => [
          bar,
          ({ buy, position }: Trader) => void (position.size === 0 && buy({ size: 500 })),
        ]),
      ),
    );

  test('after a drawdown: all is closed, what waits is withdrawn, and nothing new is let in', () => {
    const script = scripted({
      0: ({ buy }) => void [buy({ size: 1_000 }), buy({ size: 1, limit: 50 })],
      4: ({ buy }) => void buy({ size: 1 }),
    });
    const { interventions, trades, orders, rejections } = backtest(script, barsFromCloses([100, 100, 95, 89, 89, 89]), {
      risk: [{ kind: 'drawdown-halt', drawdown: 0.1, close: true }],
    });
    const reason = 'drawdown halt on bar 3: equity of 89000.00 is 11 % below its peak of 100000.00, 10 % is allowed';
    expect(interventions).toEqual([{ bar: 3, reason }]);
    expect(rejections).toEqual([{ orderId: 3, bar: 4, reason }]);
    expect([trades.exitBar[0], orderStates[orders.state[1]!]]).toEqual([4, 'cancelled']);
  });

  test('a halt without closing keeps what is held', () => {
    const { trades } = backtest(scripted({ 0: ({ buy }) => void buy() }), barsFromCloses([100, 100, 80, 80]), {
      risk: [{ kind: 'drawdown-halt', drawdown: 0.1, close: false }],
    });
    expect(trades.open[0]).toBe(1);
  });

  test('a halt that cools down ends after its bars, with a new peak', () => {
    const { trades, interventions } = backtest(buyAlways(9), barsFromCloses([100, 100, 70, 70, 70, 70, 70, 70, 70]), {
      risk: [
        { kind: 'drawdown-halt', drawdown: 0.1, close: true },
        { kind: 'cooldown', after: 'halt', bars: 3 },
      ],
    });
    expect([interventions.length, [...trades.entryBar]]).toEqual([1, [1, 6]]);
  });

  test('after a losing trade the strategy is not heard for so many bars', () => {
    const script = scripted(
      Object.fromEntries(
        Array.from({ length: 9 }, (_, bar) => [
          bar,
          ({ buy, close, position }: Trader) => (position.size === 0 ? void buy({ size: 1 }) : close()),
        ]),
      ),
    );
    const { trades } = backtest(script, barsFromCloses([100, 100, 90, 90, 90, 90, 90, 90, 90]), {
      commission: { kind: 'per-order', amount: 1 },
      risk: [{ kind: 'cooldown', after: 'loss', bars: 2 }],
    });
    // Closed in bar 2, so bars 2 and 3 are passed over and the order given at bar 4 fills in bar 5.
    expect([...trades.entryBar]).toEqual([1, 5]);
  });

  test('the kill switch closes all at a loss within the day, until the next or for good', () => {
    const hours = barsFromCloses(
      Array.from({ length: 30 }, (_, i) => (i < 5 ? 100 : 94)),
      { interval: '1h' },
    );
    const run = (until: 'next-day' | 'end-of-run') =>
      backtest(buyAlways(30), hours, { cash: 50_000, risk: [{ kind: 'kill-switch', loss: 0.03, until }] });
    expect([[...run('next-day').trades.entryBar], [...run('end-of-run').trades.entryBar]]).toEqual([[1, 25], [1]]);
    expect(run('end-of-run').interventions[0]?.reason).toBe(
      'kill switch on bar 5: equity of 47000.00 is 6 % below the 50000.00 that the day began with, 3 % is allowed',
    );
  });
});

describe('margin', () => {
  const margin = { initial: 0.5, maintenance: 0.25 };
  const closes = barsFromCloses([100, 100, 80, 60, 64, 64]);
  const all = scripted({ 0: ({ buy }) => void buy() });

  test('the initial one says how much may be bought', () => {
    const { trades } = backtest(all, closes, { cash: 1_000, margin: { kind: 'next-open', ...margin } });
    expect(trades.size[0]).toBe(20);
  });

  test('a close below maintenance closes everything at the next open', () => {
    const { trades, interventions } = backtest(all, closes, { cash: 1_000, margin: { kind: 'next-open', ...margin } });
    expect([trades.exitBar[0], trades.exitPrice[0], interventions]).toEqual([
      4,
      60,
      [{ bar: 3, reason: 'margin call: equity of 200.00 is below 300.00, 25 % of what is held' }],
    ]);
  });

  test('or at that very close', () => {
    const { trades, equity } = backtest(all, closes, { cash: 1_000, margin: { kind: 'at-once', ...margin } });
    expect([trades.exitBar[0], trades.exitPrice[0], equity.at(-1)]).toEqual([3, 60, 200]);
  });

  test('an account worth nothing is ruined as ever', () => {
    const { equity, interventions } = backtest(all, barsFromCloses([100, 100, 40, 40]), {
      cash: 1_000,
      margin: { kind: 'next-open', ...margin },
    });
    expect([equity.at(-1), interventions]).toEqual([0, []]);
  });
});
