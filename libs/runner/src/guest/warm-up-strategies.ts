import { defaultSettings, type BacktestSettings } from '@quarry/engine/host';
import { bool, crossedAbove, crossedBelow, defineStrategy, ema, sma, type Strategy } from '@quarry/engine';

/**
 * Strategies of ours that make the engine do what it does in runs, so that it is compiled to machine code before a user's
 * comes. There are several, each with a `next` of its own, or the loop would be compiled for the one that it has seen.
 */
export const warmUpStrategies = [
  defineStrategy({
    name: 'long and short',
    params: { on: bool(true) },
    init: ({ bars }) => ({ fast: sma(bars.close, 10), slow: sma(bars.close, 30) }),
    next({ buy, sell, position }, { fast, slow }) {
      if (crossedAbove(fast, slow)) buy({ size: position.isShort ? 2 : 1 });
      else if (crossedBelow(fast, slow)) sell({ size: position.isLong ? 2 : 1 });
    },
  }),
  defineStrategy({
    name: 'in and out',
    init: ({ bars }) => ({ fast: ema(bars.close, 5), slow: sma(bars.close, 20) }),
    next({ buy, close, position }, { fast, slow }) {
      if (position.size === 0 && fast.now > slow.now) buy();
      else if (position.size > 0 && fast.now < slow.now) close();
    },
  }),
  defineStrategy({
    name: 'bracket',
    init: ({ bars }) => ({ price: bars.close, mean: sma(bars.close, 20) }),
    next(trader, { price, mean }) {
      if (trader.position.size !== 0 || price.now > mean.now) return;
      trader.buy({ fraction: 0.5, stopLoss: price.now * 0.99, takeProfit: price.now * 1.01 });
    },
  }),
  defineStrategy({
    name: 'limit',
    init: ({ bars }) => ({ close: bars.close, low: bars.low }),
    next({ buy, sell, cancelAll, index, position }, { close, low }) {
      if (index % 50 !== 0) return;
      cancelAll();
      if (position.size > 0) sell({ size: position.size });
      else buy({ size: 1, limit: (close.now + low.now) / 2 });
    },
  }),
  defineStrategy({
    name: 'idle',
    init: ({ bars }) => bars.close,
    next(_trader, close) {
      if (close.ago(1) < 0) throw new RangeError('A price below zero.');
    },
  }),
] as readonly Strategy[];

/** What they are run under, in turns: orders that add up and orders that replace each other, with a commission to be charged. */
export const warmUpSettings: readonly BacktestSettings[] = [false, true].map((exclusiveOrders) => ({
  ...defaultSettings,
  commission: { kind: 'fraction', rate: 0.001 },
  exclusiveOrders,
}));
