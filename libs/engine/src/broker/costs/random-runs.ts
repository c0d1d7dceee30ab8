import type { Bars } from '../../bars.js';
import { seededRandom } from '../../random.js';
import type { BacktestSettings, RiskRule } from '../../settings.js';
import { defineStrategy, type Strategy } from '../../strategy.js';
import { randomBars } from '../../testing.js';
import { withRandomActions } from '../../actions/random-actions.js';
import type { OrderRequest } from '../../order-request.js';
import type { Order, Trader } from '../../trader.js';

/** A run drawn at random, the same for the same seed: for laws that hold for any settings and any orders. */
export interface RandomRun {
  readonly bars: readonly Bars[];
  readonly settings: BacktestSettings;
  readonly strategy: Strategy;
}

const length = 60;

/** `scale` multiplies every price and every amount of money, as if the currency were another. */
export function randomRun(seed: number, scale = 1): RandomRun {
  const draw = new Draw(seed);
  const settings = settingsFrom(draw, scale);
  const first = scaled(randomBars(length, draw.whole(50), { interval: '1h', volatility: 0.03 }), scale);
  const funded = { ...first, extra: { rate: Float64Array.from({ length }, () => draw.pick(NaN, 0.001, -0.002)) } };
  const other = scaled(randomBars(24, 7, { interval: draw.pick('1h', '4h'), symbol: 'B', volatility: 0.05 }), scale);
  const bars = draw.chance(0.2) ? [funded, other] : [funded];
  const strategy = strategyFrom(draw.whole(1e9));
  const seeds = bars.map(() => (draw.chance(0.4) ? draw.whole(1e9) : null));
  const acted = bars.map((one, i) => (seeds[i] === null ? one : withRandomActions(one, seeds[i]!)));
  return { bars: acted, settings, strategy };
}

class Draw {
  readonly next: () => number;

  constructor(seed: number) {
    this.next = seededRandom(seed);
  }

  pick<T>(...values: readonly T[]): T {
    return values[Math.floor(this.next() * values.length)]!;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  between(from: number, to: number): number {
    return from + (to - from) * this.next();
  }

  whole(below: number): number {
    return Math.floor(this.next() * below);
  }
}

function settingsFrom(draw: Draw, scale: number): BacktestSettings {
  const margin = draw.chance(0.3)
    ? ({ kind: draw.pick('next-open', 'at-once'), initial: 0.25, maintenance: draw.pick(0.1, 0.2) } as const)
    : undefined;
  return {
    cash: draw.pick(100_000, 1_000) * scale,
    commission: draw.pick<BacktestSettings['commission']>(
      { kind: 'none' },
      { kind: 'fraction', rate: 0.002 },
      { kind: 'per-unit', amount: 0.01 * scale, minimum: scale },
      { kind: 'per-order', amount: 2 * scale },
      { kind: 'maker-taker', maker: 0.0002, taker: 0.001 },
      {
        kind: 'tiered',
        by: 'value',
        tiers: [
          { from: 0, rate: 0.002 },
          { from: 50_000 * scale, rate: 0.001 },
          { from: 200_000 * scale, rate: 0.0001 },
        ],
      },
      {
        kind: 'tiered',
        by: 'units',
        tiers: [
          { from: 0, rate: 0.05 * scale },
          { from: 500, rate: 0.01 * scale },
        ],
      },
    ),
    spread: draw.pick<BacktestSettings['spread']>(
      { kind: 'none' },
      { kind: 'fraction', rate: 0.002 },
      { kind: 'entry-only', rate: 0.001 },
    ),
    slippage: draw.pick<BacktestSettings['slippage']>(
      { kind: 'none' },
      { kind: 'fraction', rate: 0.001 },
      { kind: 'fixed', amount: 0.05 * scale },
      { kind: 'volume-share', impact: 0.1, limit: 0.025 },
      { kind: 'square-root', factor: 0.8, window: 20 },
    ),
    fill: draw.pick('next-open', 'this-close'),
    path: draw.pick('certain', 'ohlc-path', 'adaptive-path', 'pessimistic'),
    volumeCap: draw.chance(0.2) ? 0.1 : null,
    leverage: margin ? 1 : draw.pick(1, 5, 50),
    units: draw.pick('whole', 'fractional'),
    exclusiveOrders: draw.chance(0.5),
    atEnd: draw.pick('mark', 'close-at-last-open'),
    seed: 1,
    borrow: draw.chance(0.5) ? { kind: 'annual', rate: 0.3 } : undefined,
    interest: draw.chance(0.5) ? { kind: 'annual', rate: 0.08 } : undefined,
    funding: draw.pick<BacktestSettings['funding']>(
      undefined,
      { kind: 'constant', rate: 0.0001, hours: 8 },
      { kind: 'column', column: draw.pick('rate', 'none'), rate: 0.0002, hours: 1 },
    ),
    margin,
    risk: draw.chance(0.4) ? Array.from({ length: 1 + draw.whole(3) }, () => ruleFrom(draw, scale)) : undefined,
  };
}

function ruleFrom(draw: Draw, scale: number): RiskRule {
  return draw.pick<RiskRule>(
    { kind: 'buying-power' },
    { kind: 'position-limit', of: 'units', most: 500 },
    { kind: 'position-limit', of: 'value', most: 50_000 * scale },
    { kind: 'position-limit', of: 'equity', most: 2 },
    { kind: 'order-limit', of: 'units', most: 700 },
    { kind: 'order-limit', of: 'value', most: 40_000 * scale },
    { kind: 'order-limit', of: 'orders-per-day', most: 3 },
    { kind: 'price-band', away: 0.01 },
    { kind: 'drawdown-halt', drawdown: 0.05, close: draw.chance(0.5) },
    { kind: 'cooldown', after: 'loss', bars: 4 },
    { kind: 'cooldown', after: 'halt', bars: 10 },
    { kind: 'kill-switch', loss: 0.03, until: draw.pick('next-day', 'end-of-run') },
  );
}

function scaled(bars: Bars, by: number): Bars {
  const times = (column: Float64Array) => column.map((price) => price * by);
  const { open, high, low, close } = bars;
  return { ...bars, open: times(open), high: times(high), low: times(low), close: times(close) };
}

/** Does something at every third bar or so; what the trader refuses (a stop loss on the wrong side) is left out. */
function strategyFrom(seed: number): Strategy {
  return defineStrategy({
    name: 'Random',
    init: () => ({ draw: new Draw(seed), orders: [] as Order[] }),
    next(trader, { draw, orders }) {
      while (draw.chance(0.3)) act(trader, draw, orders);
    },
  });
}

function act(trader: Trader, draw: Draw, orders: Order[]): void {
  const on = draw.pick(...trader.series);
  const what = draw.pick('buy', 'buy', 'sell', 'sell', 'close', 'cancelAll');
  if (what === 'cancelAll') trader.cancelAll();
  else if (what === 'close') trader.close({ on, fraction: draw.pick(0.5, 1, 1) });
  else if (on.index >= 0) {
    const request = { on, ...sizeFrom(draw), ...pricesFrom(draw, on.close.now), ...linksFrom(draw, orders) };
    place(trader[what], request, orders);
  }
}

/** With the order before, whatever series it is for; one that waits no more is refused. */
function linksFrom(draw: Draw, orders: readonly Order[]): OrderRequest {
  const last = orders.at(-1);
  if (!last?.waiting) return {};
  return { ...(draw.chance(0.2) && { oco: last }), ...(draw.chance(0.2) && { after: last }) };
}

function place(order: Trader['buy'], request: OrderRequest, orders: Order[]): void {
  try {
    orders.push(order(request));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}

function sizeFrom(draw: Draw): OrderRequest {
  if (draw.chance(0.6)) return { size: draw.between(0.01, draw.pick(10, 100, 2_000)) };
  return draw.chance(0.5) ? { fraction: draw.between(0.05, 1) } : {};
}

function pricesFrom(draw: Draw, close: number): OrderRequest {
  const near = () => close * draw.between(0.97, 1.03);
  return {
    ...(draw.chance(0.3) && { limit: near() }),
    ...(draw.chance(0.2) && { stop: near() }),
    ...(draw.chance(0.3) && { stopLoss: near() }),
    ...(draw.chance(0.3) && { takeProfit: near() }),
  };
}
