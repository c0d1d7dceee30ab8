import { expect } from '@jest/globals';
import { splitGrowth } from '../actions/growth.js';
import type { Bars } from '../bars.js';
import { expectSame } from './expect-same.js';
import { orderListBytes } from '../order-list.js';
import { Replay } from '../replay.js';
import type { BacktestResult } from '../results.js';
import type { BacktestSettings } from '../settings.js';
import { runStrategy } from '../strategy-run.js';
import { TapeReader } from '../tape/tape-reader.js';
import { barsOf, beginning, type Deed, free, length, play, strategyOf } from './random-orders.js';

/** What holds of any orders, under any settings, over bars of any seed. */
export type Law = (list: readonly Deed[], given: BacktestSettings, seed: number) => void;

// In the inner loops, where a matcher would take most of the time.
function atMost(value: number, limit: number): void {
  if (!(value <= limit)) throw new Error(`${value} is above ${limit}.`);
}

function atLeast(value: number, limit: number): void {
  if (!(value >= limit)) throw new Error(`${value} is below ${limit}.`);
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
const isRuined = (result: BacktestResult) => result.equity.at(-1) === 0;

/** The last run: laws that are asked about the same one after another share it. */
let last: { readonly of: readonly unknown[]; readonly run: ReturnType<typeof play> } | null = null;

function over(list: readonly Deed[], given: BacktestSettings, seed: number) {
  const of = [list, given, seed];
  if (!last || !of.every((one, i) => one === last!.of[i])) last = { of, run: play([barsOf(seed)], list, given) };
  return last.run;
}

/** The orders on a tape, by their row. */
function ordersOn(tape: Uint8Array) {
  const reader = new TapeReader();
  const found = new Map<number, Pick<TapeReader, 'step' | 'side' | 'prices' | 'terms'>>();
  reader.open(tape);
  while (reader.nextBlock()) {
    while (reader.next()) {
      const { row, step, side, prices, terms } = reader;
      if (reader.action === 0) found.set(row, { step, side, prices, terms });
    }
  }
  return found;
}

/** What one unit of the run's first bar has become by splits at each bar. */
function growthOf(bars: Bars): Float64Array {
  return splitGrowth(bars) ?? new Float64Array(length).fill(1);
}

/** Dividends received less those paid, up to a bar. */
function dividendsBy({ actions }: BacktestResult, bar = length): number {
  return actions.reduce(
    (sum, action) => (action.kind === 'dividend' && action.bar <= bar ? sum + action.cash : sum),
    0,
  );
}

/** The fills of the market alone: not what a delisting or a split's fraction was settled at. */
function tradedFills(run: ReturnType<typeof play>) {
  const settled = new Set(
    run.result.actions.filter(({ kind }) => kind === 'delisting' || kind === 'cash-in-lieu').map(({ bar }) => bar),
  );
  return fillsOf(run).filter(({ row, role, bar }) => row >= 0 || role !== 'close' || !settled.has(bar));
}

/** The fills that orders of the strategy or their legs had: not those of the end, which has rules of its own. */
function fillsOf({ notes }: ReturnType<typeof play>) {
  return notes.filter(({ type }) => type === 'filled' || type === 'partially-filled');
}

export const orderLaws: readonly (readonly [title: string, law: Law])[] = [
  [
    "the tape replayed is the guest's own run, trade by trade and to the last bit",
    (list, given, seed) => {
      const { run, result, own } = over(list, given, seed);
      expect(result.equity.at(-1)).toBe(run.finalEquity);
      expectSame(result, own());
    },
  ],
  [
    'no money appears or vanishes: final equity is the cash, all profits and losses and the dividends',
    (list, given, seed) => {
      const { result } = over(list, given, seed);
      if (isRuined(result)) return;
      const { received, paid } = result.dividends;
      const expected = given.cash + sum(result.trades.pnl) + received - paid;
      expect(Math.abs(result.equity.at(-1)! - expected)).toBeLessThan(1e-6);
      expect(Math.abs(received - paid - dividendsBy(result))).toBeLessThan(1e-6);
    },
  ],
  [
    'the trades have paid the commissions that the orders were charged',
    (list, given, seed) => {
      const { result } = over(list, given, seed);
      expect(Math.abs(sum(result.trades.commission) - sum(result.orders.commission))).toBeLessThan(1e-6);
    },
  ],
  [
    'the fill log adds up to what became of each order, bar after bar, and to what slippage and spread took',
    (list, given, seed) => {
      const run = over(list, given, seed);
      const { orders, fills, costs } = run.result;
      const units = new Float64Array(orders.length);
      const value = new Float64Array(orders.length);
      const commission = new Float64Array(orders.length);
      for (let row = 0; row < fills.length; row++) {
        const order = fills.order[row]!;
        units[order]! += fills.units[row]!;
        value[order]! += fills.units[row]! * fills.price[row]!;
        commission[order]! += fills.commission[row]!;
        // The close that ends a run may be at a bar of before, and what it withdraws ends there.
        if (given.atEnd !== 'mark') continue;
        atLeast(fills.bar[row]!, orders.placedBar[order]!);
        atMost(fills.bar[row]!, orders.endBar[order]!);
      }
      atMost(Math.abs(sum(fills.slippage) - costs.slippage), 1e-6);
      atMost(Math.abs(sum(fills.spread) - costs.spread), 1e-6);
      for (let order = 0; order < orders.length; order++) {
        atMost(Math.abs(commission[order]! - orders.commission[order]!), 1e-6);
        // A split puts an order that filled in parts into other terms.
        if (run.bars.actions?.splits) continue;
        atMost(Math.abs(units[order]! - orders.filled[order]!), 1e-6);
        if (units[order] !== 0) atMost(Math.abs(value[order]! / units[order]! - orders.fillPrice[order]!), 1e-6);
      }
    },
  ],
  [
    'units bought and units sold, in terms of one bar, differ by what is still held',
    (list, given, seed) => {
      const run = over(list, given, seed);
      const { orders, trades } = run.result;
      const growth = growthOf(run.bars);
      let held = 0;
      for (let i = 0; i < trades.length; i++) if (trades.open[i]) held += trades.size[i]! / growth[length - 1]!;
      const traded = fillsOf(run).reduce((total, { side, units, bar }) => total + (side * units) / growth[bar]!, 0);
      expect(Math.abs(traded - held)).toBeLessThan(1e-6);
      if (run.bars.actions?.splits) return;
      expect(Math.abs(sum(orders.filled) - held)).toBeLessThan(1e-6);
    },
  ],
  [
    'no order fills before the bar that follows it, or, under this-close, before the close it is for',
    (list, given, seed) => {
      const run = over(list, given, seed);
      const placed = ordersOn(run.tape);
      for (const { row, bar } of fillsOf(run)) {
        if (row < 0) continue;
        atLeast(bar, placed.get(row)!.step + (given.fill === 'this-close' ? 0 : 1));
      }
    },
  ],
  [
    'no order fills before the one that it waits for, nor in a bar that is complete after its time',
    (list, given, seed) => {
      const run = over(list, given, seed);
      const placed = ordersOn(run.tape);
      const first = new Map<number, number>();
      for (const { row, bar } of fillsOf(run)) {
        if (row < 0) continue;
        if (!first.has(row)) first.set(row, bar);
        const { terms } = placed.get(row)!;
        if (!terms) continue;
        if (terms.goodTill === terms.goodTill) atMost(run.bars.knownAt[bar]!, terms.goodTill);
        const isReplaced = [...placed.values()].some((other) => other.terms?.replaces === terms.after);
        if (terms.after < 0 || isReplaced) continue;
        atLeast(bar, first.get(terms.after) ?? Infinity);
      }
    },
  ],
  [
    'nothing is closed before it was opened',
    (list, given, seed) => {
      const { trades } = over(list, given, seed).result;
      for (let i = 0; i < trades.length; i++) atLeast(trades.exitBar[i]!, trades.entryBar[i]!);
    },
  ],
  [
    'without stop losses and take profits, what was opened first is closed first',
    (list, given, seed) => {
      const bare = list.map((deed) => ({
        ...deed,
        ...{ stopLoss: null, takeProfit: null },
        further: deed.further && { ...deed.further, trailingStop: null },
      }));
      const { trades } = over(bare, given, seed).result;
      for (let i = 1; i < trades.length; i++) {
        atLeast(trades.entryBar[i]!, trades.entryBar[i - 1]!);
      }
    },
  ],
  [
    'without costs no fill lies outside its bar',
    (list, given, seed) => {
      const run = over(list, { ...given, ...free }, seed);
      for (const { bar, price } of tradedFills(run)) {
        atLeast(price, run.bars.low[bar]!);
        atMost(price, run.bars.high[bar]!);
      }
    },
  ],
  [
    'an order with a limit never fills worse than it, whatever the spread',
    (list, given, seed) => {
      if (given.spread.kind === 'entry-only') return;
      const run = over(list, given, seed);
      const placed = ordersOn(run.tape);
      const growth = growthOf(run.bars);
      for (const { row, side, price, bar } of fillsOf(run)) {
        const order = placed.get(row);
        const limit = order ? (order.prices.limit * growth[order.step]!) / growth[bar]! : NaN;
        if (limit === limit) atMost(side * (price - limit), limit * 1e-12);
      }
    },
  ],
  [
    'fills take no more of a bar than the cap on its volume allows, but those that end the run',
    (list, given, seed) => {
      const { volumeCap } = given;
      if (volumeCap === null || given.atEnd !== 'mark') return;
      const run = over(list, given, seed);
      if (isRuined(run.result)) return;
      const taken = new Float64Array(length);
      for (const { bar, units } of tradedFills(run)) taken[bar]! += units;
      for (let bar = 0; bar < length; bar++) {
        atMost(taken[bar]!, volumeCap * run.bars.volume[bar]! * (1 + 1e-12));
      }
    },
  ],
  [
    'equity at every bar is the cash, the profits settled, the dividends and the open lots at the close',
    (list, given, seed) => {
      const { bars, result } = over(list, { ...given, ...free, atEnd: 'mark' }, seed);
      if (isRuined(result)) return;
      const { trades, equity } = result;
      const growth = growthOf(bars);
      for (let bar = 0; bar < length; bar++) {
        let expected = given.cash + dividendsBy(result, bar);
        for (let i = 0; i < trades.length; i++) {
          if (trades.entryBar[i]! > bar) continue;
          const isSettled = trades.exitBar[i]! <= bar && !trades.open[i];
          // A trade stands in the terms of its exit.
          const close = (bars.close[bar]! * growth[bar]!) / growth[trades.exitBar[i]!]!;
          expected += trades.size[i]! * ((isSettled ? trades.exitPrice[i]! : close) - trades.entryPrice[i]!);
        }
        atMost(Math.abs(equity[bar]! - expected), 1e-6);
      }
    },
  ],
  [
    'a position is never opened beyond what the leverage allows',
    (list, given, seed) => {
      const { exposure } = over(list, { ...given, ...free, leverage: 1 }, seed).result;
      // Marked at closes, a long that took all the money stays at 1; a short or a gain moves it, by a bar's range at most.
      for (let bar = 0; bar < length; bar++) {
        if (exposure[bar]! > 0) atMost(exposure[bar]!, 1 + 1e-9);
      }
    },
  ],
  [
    'the trades that hang on the path made what they made between the worst and the best of it',
    (list, given, seed) => {
      const { trades, ambiguity } = over(list, given, seed).result;
      let flagged = 0;
      let made = 0;
      for (let i = 0; i < trades.length; i++) {
        if (!trades.ambiguous[i]) continue;
        flagged++;
        made += trades.pnl[i]!;
      }
      expect(ambiguity.trades).toBe(flagged);
      atMost(ambiguity.worst, made + 1e-6);
      atLeast(ambiguity.best, made - 1e-6);
    },
  ],
  [
    'the future changes nothing: a run over fewer bars is the beginning of the longer one',
    (list, given, seed) => {
      const settings = { ...given, atEnd: 'mark' as const };
      const cut = Math.floor(length / 2);
      const early = play([beginning(barsOf(seed), cut)], list, settings).result;
      const full = over(list, given.atEnd === 'mark' ? given : settings, seed).result;
      expectSame(full.equity.subarray(0, cut), early.equity);
      expectSame(full.orders.placedBar.subarray(0, early.orders.length), early.orders.placedBar);
    },
  ],
  [
    'a replay that uses the memory of another yields what a new one does',
    (list, given, seed) => {
      const { bars, tape, result } = over(list, given, seed);
      const before = new Replay([bars], given);
      before.take(tape);
      before.finish();
      const again = new Replay([bars], given, before);
      again.take(tape);
      expectSame(again.finish(), result);
    },
  ],
  [
    'twice the same run, the same bytes: tape, order list and equity; and a strategy that listens makes no difference',
    (list, given, seed) => {
      const [a, b] = [over(list, given, seed), play([barsOf(seed)], list, given)];
      expectSame(a.tape, b.tape);
      expectSame(bytesOf(a.result), bytesOf(b.result));
      expectSame(a.result.equity, b.result.equity);
      const heard = runStrategy(
        strategyOf(list, () => undefined),
        { bars: [a.bars], settings: given, params: {} },
      );
      expectSame(heard.tape, a.tape);
    },
  ],
];

function bytesOf({ orders }: BacktestResult): number[] {
  return Array.from(orderListBytes(orders), (piece) => Array.from(piece)).flat();
}
