import {
  defaultSettings,
  Replay,
  runStrategy,
  seededRandom,
  type BacktestSettings,
  type Bars,
} from '@quarry/engine/host';
import { warmUpStrategies } from '../guest/warm-up-strategies.js';

const length = 5_000;
const rounds = 2;

/**
 * The machine code that V8 makes of the broker rests on the shapes of its objects, and a collection forgets the shapes of
 * which none is left: so some are kept for good.
 */
const kept: Replay[] = [];

/** Replays runs of strategies of ours, so that the broker is compiled to machine code before a user's run comes. */
export function warmUpReplay(): void {
  const bars = [randomWalk()];
  for (let round = 0; round < rounds; round++) {
    const settings: BacktestSettings = {
      ...defaultSettings,
      commission: { kind: 'fraction', rate: 0.001 },
      exclusiveOrders: round % 2 === 1,
    };
    for (const strategy of warmUpStrategies) {
      const replay = new Replay(bars, settings);
      replay.take(runStrategy(strategy, { bars, settings, params: {} }).tape);
      replay.finish();
      kept.push(replay);
    }
  }
}

function randomWalk(): Bars {
  const random = seededRandom(1);
  const close = new Float64Array(length);
  for (let i = 0, price = 100.5; i < length; i++) close[i] = price *= 1 + 0.02 * (random() - 0.5);
  const time = Float64Array.from({ length }, (_, bar) => bar * 60e6);
  const zone = { name: 'UTC', from: new Float64Array(1), offsetMinutes: new Float64Array(1) };
  const prices = { open: close, high: close, low: close, close, volume: close };
  return { symbol: '', interval: '1m', zone, length, time, knownAt: time.map((at) => at + 60e6), ...prices, extra: {} };
}
