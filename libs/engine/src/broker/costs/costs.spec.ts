import { describe, expect, test } from '@jest/globals';
import { rootImpact, volumeShareImpact } from './impact.js';
import type { BacktestSettings } from '../../settings.js';
import { scripted } from '../../scripted.js';
import { backtest, barsFrom, barsFromCloses, randomBars } from '../../testing.js';

const flat = (count: number, price = 100) => barsFromCloses(Array.from({ length: count }, () => price));
const roundTrip = scripted({ 0: ({ buy }) => void buy({ size: 10 }), 1: ({ close }) => close() });
const costsOf = (settings: Partial<BacktestSettings>) => backtest(roundTrip, flat(4), settings).costs;

describe('commission', () => {
  test('by tiers falls once enough was traded: the order that gets there still pays the old rate', () => {
    const script = scripted({
      0: ({ buy }) => void buy({ size: 10 }),
      1: ({ buy }) => void buy({ size: 10 }),
      2: ({ buy }) => void buy({ size: 10 }),
    });
    const tiers = [
      { from: 0, rate: 0.01 },
      { from: 1_500, rate: 0.001 },
    ];
    const { orders } = backtest(script, flat(5), { commission: { kind: 'tiered', by: 'value', tiers } });
    expect([...orders.commission]).toEqual([10, 10, 1]);
  });

  test('by tiers of units is an amount per unit', () => {
    const tiers = [
      { from: 0, rate: 0.5 },
      { from: 10, rate: 0.1 },
    ];
    expect(costsOf({ commission: { kind: 'tiered', by: 'units', tiers } }).commission).toBe(6);
  });

  test('is the maker’s for a limit order that fills at its limit, the taker’s where the open was better', () => {
    const bars = barsFrom([
      { open: 100, high: 100, low: 100, close: 100 },
      { open: 100, high: 100, low: 90, close: 95 },
      { open: 80, high: 80, low: 80, close: 80 },
    ]);
    const script = scripted({
      0: ({ buy }) => {
        buy({ size: 1, limit: 95 });
        buy({ size: 1, limit: 85 });
      },
      1: ({ buy }) => void buy({ size: 1 }),
    });
    const { orders } = backtest(script, bars, {
      commission: { kind: 'maker-taker', maker: 0.01, taker: 0.1 },
    });
    expect([...orders.commission]).toEqual([95 * 0.01, 80 * 0.1, 80 * 0.1]);
  });
});

describe('slippage', () => {
  test('of a fixed amount is that amount on each unit, each way', () => {
    const { trades, costs } = backtest(roundTrip, flat(4), { slippage: { kind: 'fixed', amount: 0.5 } });
    const figures = [trades.entryPrice[0]!, trades.exitPrice[0]!, costs.slippage];
    expect(figures.map((figure) => Number(figure.toPrecision(12)))).toEqual([100.5, 99.5, 10]);
  });

  test('by volume share is impact times the square of the share, up to the limit', () => {
    const model = { impact: 0.1, limit: 0.025 };
    expect([
      volumeShareImpact(model, 10, 1_000),
      volumeShareImpact(model, 500, 1_000),
      volumeShareImpact(model, 10, 0),
    ]).toEqual([0.1 * 0.01 ** 2, 0.1 * 0.025 ** 2, 0.1 * 0.025 ** 2]);
  });

  test('by the square root grows with the root of the size and with volatility', () => {
    const close = Float64Array.of(100, 110, 99, 108.9, 98.01, 0);
    const volume = Float64Array.of(9, 400, 400, 400, 400, 1);
    const at = (units: number) => rootImpact({ factor: 1, window: 4 }, units, { close, volume }, 5);
    const [up, down] = [Math.log(1.1), Math.log(0.9)];
    const sigma = Math.sqrt((4 * ((up - down) / 2) ** 2) / 3);
    expect(at(4)).toBeCloseTo(sigma / 10, 12);
    expect(at(16)).toBeCloseTo((2 * sigma) / 10, 12);
  });

  test('by the square root knows nothing of the bar that the order fills in', () => {
    const bars = randomBars(10, 1);
    const cut = (column: Float64Array) => column.map((value, i) => (i < 6 ? value : 1e6));
    const model = { factor: 1, window: 5 };
    expect(rootImpact(model, 10, { close: cut(bars.close), volume: cut(bars.volume) }, 6)).toBe(
      rootImpact(model, 10, bars, 6),
    );
  });

  test('of a larger order is larger, and a limit order does not slip', () => {
    const script = scripted({
      5: ({ buy }) => void buy({ size: 1 }),
      6: ({ buy }) => void buy({ size: 100 }),
      7: ({ buy }) => void buy({ size: 100, limit: 200 }),
    });
    const bars = randomBars(20, 3);
    const { orders } = backtest(script, bars, { slippage: { kind: 'square-root', factor: 1, window: 20 } });
    const slipped = [6, 7, 8].map((bar, i) => orders.fillPrice[i]! / bars.open[bar]! - 1);
    expect(slipped[0]! > 0 && slipped[1]! > 2 * slipped[0]!).toBe(true);
    expect(slipped[2]).toBe(0);
  });

  test('and spread are told apart, though both are within the price', () => {
    const { spread, slippage } = costsOf({
      spread: { kind: 'fraction', rate: 0.02 },
      slippage: { kind: 'fraction', rate: 0.005 },
    });
    expect([spread, slippage].map((paid) => Number(paid.toPrecision(9)))).toEqual([20, 10]);
  });
});

describe('what holding costs', () => {
  const year = 365;
  const short = scripted({ 0: ({ sell }) => void sell({ size: 10 }), 3: ({ close }) => close() });

  test('a short pays the borrow fee from the close it is held at to the next, by days', () => {
    const { costs, equity } = backtest(short, flat(6), { borrow: { kind: 'annual', rate: 0.365 } });
    // Held at the closes of bars 1, 2 and 3: three days on 1,000.
    expect(costs.borrow).toBeCloseTo((3 * 1_000 * 0.365) / year, 9);
    expect(equity[5]).toBeCloseTo(100_000 - 3, 9);
  });

  test('a weekend counts as the days it has', () => {
    const bars = flat(6);
    const later = (column: Float64Array) => column.map((at, i) => at + (i >= 3 ? 2 * 86_400e6 : 0));
    const weekend = { ...bars, time: later(bars.time), knownAt: later(bars.knownAt) };
    const { costs } = backtest(short, weekend, { borrow: { kind: 'annual', rate: 0.365 } });
    expect(costs.borrow).toBeCloseTo(5, 9);
  });

  test('a long pays none', () => {
    expect(costsOf({ borrow: { kind: 'annual', rate: 0.5 } }).borrow).toBe(0);
  });

  test('interest is paid on what a long costs beyond the cash', () => {
    const script = scripted({ 0: ({ buy }) => void buy({ size: 30 }) });
    const given = { cash: 1_000, leverage: 5, interest: { kind: 'annual', rate: 0.365 } } as const;
    const { costs } = backtest(script, flat(3), given);
    expect(costs.interest).toBeCloseTo(2, 9);
    expect(backtest(script, flat(3), { ...given, cash: 10_000 }).costs.interest).toBe(0);
  });

  test('funding is paid by longs and received by shorts at each of its moments', () => {
    const funding = { kind: 'constant', rate: 0.001, hours: 8 } as const;
    const long = scripted({ 0: ({ buy }) => void buy({ size: 10 }) });
    expect(backtest(long, flat(3), { funding }).costs.funding).toBeCloseTo(3, 9);
    expect(backtest(short, flat(6), { funding }).costs.funding).toBeCloseTo(-9, 9);
  });

  test('funding takes its rate from the column of the data, and the constant where that has none', () => {
    const bars = { ...flat(4), extra: { rate: Float64Array.of(9, 9, 0.002, NaN) } };
    const long = scripted({ 0: ({ buy }) => void buy({ size: 10 }) });
    const funding = { kind: 'column', column: 'rate', rate: 0.001, hours: 24 } as const;
    expect(backtest(long, bars, { funding }).costs.funding).toBeCloseTo(2 + 1, 9);
    expect(backtest(long, flat(4), { funding }).costs.funding).toBeCloseTo(1 + 1, 9);
  });

  test('an account can be ruined by its fees alone', () => {
    const hold = scripted({ 0: ({ sell }) => void sell() });
    const { equity, trades } = backtest(hold, flat(400), { cash: 1_000, borrow: { kind: 'annual', rate: 1 } });
    expect(equity.at(-1)).toBe(0);
    expect(trades.open[0]).toBe(0);
  });
});
