import type { Bars } from './bars.js';
import { Book } from './broker/book.js';
import { Broker } from './broker/broker.js';
import { Instructions } from './instructions.js';
import { runWithBook } from './run-strategy.js';
import { defaultSettings } from './settings.js';
import { defineStrategy } from './strategy.js';
import { TapeDrive } from './tape-drive.js';
import { decodeTape, encodeTape } from './tape/tape-codec.js';

let kept: readonly unknown[] | null = null;

/**
 * Keeps one of each of the broker's objects for good, for a host that replays run after run. The machine code that V8
 * makes of the engine rests on the shapes of its objects, and a collection forgets the shapes of which none is left:
 * the next run would begin cold, four times as slow as a warm one. The numbers are fractions, so that every run finds
 * its fields wide enough.
 */
export function keepShapes(): void {
  kept ??= specimens();
}

function specimens(): readonly unknown[] {
  const closes = Float64Array.of(100.5, 101.25, 99.75, 100.25, 98.5, 97.25, 99.5, 100.75);
  const bars = flatBars(closes);
  const seen: unknown[] = [];
  const settings = { ...defaultSettings, commission: { kind: 'fraction', rate: 0.001 } } as const;
  const { run, broker } = runWithBook(everything(seen), [bars], settings, {}, {}, new Book());
  const replayed = new Broker([bars], settings, new Book());
  const instructions = new Instructions(decodeTape(encodeTape(run.tape)), replayed);
  return [seen, broker, replayed, instructions, new TapeDrive(replayed, instructions, settings.fill).run()];
}

/** Does one of everything, and leaves a position, an order and a bracket behind. */
function everything(seen: unknown[]) {
  return defineStrategy({
    name: 'Specimens',
    next(trader) {
      const price = trader.bars.close.now;
      if (trader.index === 0) trader.buy({ size: 1.5 });
      if (trader.index === 1) trader.sell({ size: 2.5 });
      if (trader.index === 2) trader.close({ fraction: 0.5 });
      if (trader.index === 3) trader.buy({ size: 1.5, limit: price * 0.9 }).cancel();
      if (trader.index === 4) trader.buy({ fraction: 0.25, stopLoss: price * 0.8, takeProfit: price * 1.2 });
      if (trader.index === 5) seen.push(trader, trader.sell({ size: 0.5, stop: price * 0.9, limit: price * 0.85 }));
      if (trader.index === 6) seen.push(trader.sell({ size: 0.25 }), trader.position.pnl, trader.account.free);
    },
  });
}

function flatBars(close: Float64Array): Bars {
  const time = close.map((_, bar) => bar);
  const zone = { name: 'UTC', from: new Float64Array(1), offsetMinutes: new Float64Array(1) };
  const prices = { open: close, high: close, low: close, close, volume: close };
  return { symbol: '', interval: '1d', zone, length: close.length, time, knownAt: time, ...prices, extra: {} };
}
