import { describe, expect, test } from '@jest/globals';
import { replay } from '../../replay.js';
import type { BacktestResult } from '../../results.js';
import { scripted } from '../../scripted.js';
import type { ParameterSpace } from '../../search/space.js';
import { type BacktestSettings, defaultSettings } from '../../settings.js';
import { runStrategy } from '../../strategy-run.js';
import { TapeReader } from '../../tape/tape-reader.js';
import { barsFromCloses } from '../../testing.js';
import { RandomStream } from '../random-stream.js';
import { costlierSettings } from './costlier-settings.js';
import { jitteredParams } from './jittered-params.js';
import { delayedTape, missedTape } from './stressed-tape.js';

const bars = barsFromCloses(Array.from({ length: 40 }, (_, i) => 100 + i));
const script = scripted({
  2: ({ buy }) => void buy({ size: 1, tag: 'first' }),
  5: ({ close }) => close({ fraction: 0.5 }),
  8: ({ sell }) => void sell({ size: 2, stop: 50, tag: 'second' }),
  9: ({ cancelAll }) => cancelAll(),
  12: ({ close }) => close(),
  20: ({ buy }) => {
    const waits = buy({ size: 3, limit: 60 });
    waits?.cancel();
  },
  39: ({ buy }) => void buy({ size: 1 }),
});
const { tape } = runStrategy(script, { bars: [bars], settings: defaultSettings, params: {} });
const replayed = (of: Uint8Array, settings: BacktestSettings = defaultSettings): BacktestResult =>
  replay([bars], settings, of);
/** How many rows a tape has. */
function rowsOf(of: Uint8Array): number {
  const reader = new TapeReader();
  reader.open(of);
  while (reader.nextBlock()) while (reader.next()) continue;
  return reader.row + 1;
}
const orders = ({ orders: { placedBar, size } }: BacktestResult): string[] =>
  Array.from(placedBar, (bar, i) => `${bar}: ${size[i]}`);

describe('costs so many times as dear', () => {
  const settings: BacktestSettings = {
    ...defaultSettings,
    commission: { kind: 'per-unit', amount: 0.01, minimum: 1 },
    spread: { kind: 'fraction', rate: 0.001 },
  };

  test('multiply every cost, and leave all else', () => {
    expect(costlierSettings(settings, 3)).toEqual({
      ...settings,
      commission: { kind: 'per-unit', amount: 0.03, minimum: 3 },
      spread: { kind: 'fraction', rate: 0.003 },
    });
    expect(costlierSettings(settings, 1)).toEqual(settings);
    expect(() => costlierSettings(settings, -1)).toThrow('-1 times as dear');
  });

  test('take that much more from the account', () => {
    const paid = (times: number): number =>
      replayed(
        tape,
        costlierSettings({ ...defaultSettings, commission: { kind: 'per-order', amount: 2 } }, times),
      ).orders.commission.reduce((sum, cost) => sum + cost, 0);
    expect(paid(2)).toBe(2 * paid(1));
    expect(paid(1)).toBeGreaterThan(0);
  });
});

describe('late orders', () => {
  test('come so many bars later, in the same order; those beyond the end never come', () => {
    const late = replayed(delayedTape(tape, { delay: 3, bars: 40 }));
    const onTime = orders(replayed(tape));
    expect(orders(late)).toEqual(
      onTime.slice(0, -1).map((row) => row.replace(/^\d+/, (bar) => String(Number(bar) + 3))),
    );
  });

  test('by no bar are the orders of the run', () => {
    expect(delayedTape(tape, { delay: 0, bars: 40 })).toEqual(tape);
    expect(() => delayedTape(tape, { delay: 0.5, bars: 40 })).toThrow('0.5 bars late');
  });
});

describe('missed orders', () => {
  test('are as many as the probability says, and the rest still replays', () => {
    const placed = orders(replayed(tape)).length;
    const counts = Array.from(
      { length: 400 },
      (_, i) => replayed(missedTape(tape, 0.5, new RandomStream(1, i))).orders.length,
    );
    const tapes = Array.from({ length: 400 }, (_, i) => rowsOf(missedTape(tape, 0.5, new RandomStream(1, i))));
    // Four orders may be missed, and the one that is cancelled by name takes its cancellation along.
    expect(tapes.reduce((sum, length) => sum + length, 0) / 400).toBeCloseTo(rowsOf(tape) - 2.5, 0);
    expect(Math.max(...counts)).toBe(placed);
    expect(Math.min(...counts)).toBe(0);
  });

  test('with probability 0 are none; with 1 nothing is ever bought', () => {
    expect(missedTape(tape, 0, new RandomStream(1, 0))).toEqual(tape);
    expect(replayed(missedTape(tape, 1, new RandomStream(1, 0))).trades.length).toBe(0);
    expect(() => missedTape(tape, 2, new RandomStream(1, 0))).toThrow('probability 2');
  });
});

describe('parameters that move', () => {
  const space: ParameterSpace = {
    dimensions: [
      { name: 'fast', kind: 'int', min: 2, max: 50 },
      { name: 'slow', kind: 'int', min: 10, max: 200, step: 5 },
      { name: 'stop', kind: 'bool' },
    ],
    constraints: [({ fast, slow }) => Number(fast) < Number(slow)],
  };
  const given = { fast: 20, slow: 50, stop: true };
  const moved = Array.from({ length: 500 }, (_, i) => jitteredParams(space, given, 0.1, new RandomStream(2, i)));

  test('stay on their steps, within their ends, and where the constraints hold; switches stay', () => {
    const isFine = moved.every(
      ({ fast, slow, stop }) =>
        Number(fast) >= 2 && Number(fast) < Number(slow) && Number(slow) % 5 === 0 && stop === true,
    );
    expect(isFine).toBe(true);
  });

  test('move as far as asked, about where they were', () => {
    const moves = moved.map(({ slow }) => (Number(slow) - 50) / 195);
    const mean = moves.reduce((sum, move) => sum + move, 0) / 500;
    const deviation = Math.sqrt(moves.reduce((sum, move) => sum + (move - mean) ** 2, 0) / 499);
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(deviation - 0.1)).toBeLessThan(0.02);
    expect(jitteredParams(space, given, 0, new RandomStream(2, 0))).toEqual(given);
  });

  test('cannot where nothing nearby is allowed', () => {
    const never = { ...space, constraints: [() => false] };
    expect(() => jitteredParams(never, given, 0.1, new RandomStream(2, 0))).toThrow('No parameters nearby');
    expect(() => jitteredParams(space, { fast: 3, stop: false }, 0.1, new RandomStream(2, 0))).toThrow('have no slow');
  });
});
