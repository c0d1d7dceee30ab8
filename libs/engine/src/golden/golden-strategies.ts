import { crossedAbove, crossedBelow, sma } from '../indicators/index.js';
import { type BacktestSettings, defaultSettings } from '../settings.js';
import { defineStrategy, type Market, type Strategy } from '../strategy.js';
import type { ParamSpecs } from '../params.js';

const averages = ({ bars }: Market<ParamSpecs>) => ({ fast: sma(bars.close, 10), slow: sma(bars.close, 20) });

const crossover = defineStrategy({
  name: 'SMA crossover',
  init: averages,
  next({ buy, sell }, { fast, slow }) {
    if (crossedAbove(fast, slow)) buy();
    else if (crossedBelow(fast, slow)) sell();
  },
});

const bracket = defineStrategy({
  name: 'SMA crossover with stop loss and take profit',
  init: averages,
  next({ buy, sell, close, bars }, { fast, slow }) {
    const price = bars.close.now;
    if (crossedAbove(fast, slow)) {
      close();
      buy({ size: 100, stopLoss: price * 0.97, takeProfit: price * 1.05 });
    } else if (crossedBelow(fast, slow)) {
      close();
      sell({ size: 100, stopLoss: price * 1.03, takeProfit: price * 0.95 });
    }
  },
});

const entryAt = (name: string, prices: (close: number) => { limit?: number; stop?: number }) =>
  defineStrategy({
    name,
    init: averages,
    next({ buy, close, cancelAll, bars }, { fast, slow }) {
      const above = crossedAbove(fast, slow);
      if (!above && !crossedBelow(fast, slow)) return;
      cancelAll();
      close();
      if (above) buy({ size: 50, ...prices(bars.close.now) });
    },
  });

/** The strategies and settings behind `peerBacktests`, by the peer's name of the case. */
export const goldenCases: Readonly<Record<string, { strategy: Strategy; settings: BacktestSettings }>> = {
  'sma excl comm.002': run(crossover, { commission: { kind: 'fraction', rate: 0.002 }, exclusiveOrders: true }),
  'sma trade_on_close': run(crossover, { exclusiveOrders: true, fill: 'this-close' }),
  'sma spread 10bp margin .5': run(crossover, {
    spread: { kind: 'entry-only', rate: 0.001 },
    leverage: 2,
    exclusiveOrders: true,
  }),
  'bracket sl/tp': run(bracket, { cash: 100_000, commission: { kind: 'fraction', rate: 0.001 } }),
  'limit entry': run(
    entryAt('Limit entry', (close) => ({ limit: close * 0.99 })),
    { cash: 100_000, commission: { kind: 'fraction', rate: 0.001 } },
  ),
  'stop entry': run(
    entryAt('Stop entry', (close) => ({ stop: close * 1.01 })),
    { cash: 100_000, commission: { kind: 'fraction', rate: 0.001 } },
  ),
};

function run(
  strategy: Strategy,
  settings: Partial<BacktestSettings>,
): { strategy: Strategy; settings: BacktestSettings } {
  const peer = { cash: 10_000, units: 'whole', atEnd: 'close-at-last-open' } as const;
  return { strategy, settings: { ...defaultSettings, ...peer, ...settings } };
}
