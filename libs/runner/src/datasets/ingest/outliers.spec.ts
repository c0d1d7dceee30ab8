import { describe, expect, test } from '@jest/globals';
import { findOutliers, type PriceColumns } from './outliers.js';

const day = 86_400_000_000;

/** A calm walk of daily bars from a seed: changes near 1 %, ranges near 2 %, steady volume. */
function calmBars(length: number, seed: number): PriceColumns {
  let state = seed;
  const random = () => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) / 2 ** 31;
  const column = () => new Float64Array(length);
  const bars = { time: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
  let price = 80;
  for (let i = 0; i < length; i++) {
    bars.time[i] = i * day;
    bars.open[i] = price * (1 + (random() - 0.5) * 0.006);
    bars.close[i] = bars.open[i]! * (1 + (random() - 0.5) * 0.03);
    bars.high[i] = Math.max(bars.open[i]!, bars.close[i]!) * (1 + random() * 0.01);
    bars.low[i] = Math.min(bars.open[i]!, bars.close[i]!) * (1 - random() * 0.01);
    bars.volume[i] = 1e6 * (0.7 + 0.6 * random());
    price = bars.close[i]!;
  }
  return bars;
}

/** The same bars with prices multiplied (and volume divided, where `shares`) from one bar to before another. */
function scaled(bars: PriceColumns, from: number, to: number, by: number, shares = false): PriceColumns {
  const price = (values: Float64Array) => values.map((value, i) => (i >= from && i < to ? value * by : value));
  return {
    time: bars.time,
    open: price(bars.open),
    high: price(bars.high),
    low: price(bars.low),
    close: price(bars.close),
    volume: bars.volume.map((value, i) => (shares && i >= from && i < to ? value / by : value)),
  };
}

const found = (bars: PriceColumns) => findOutliers('X', bars).map(({ time, reason }) => `${time / day}: ${reason}`);
const seeds = [3, 17, 404, 5150, 90_001];

describe('SAFETY bar 42: what a person should look at', () => {
  test.each(seeds)('is nothing in calm bars (seed %i)', (seed) => {
    expect(found(calmBars(600, seed))).toEqual([]);
  });

  test.each([2, 3, 4, 5, 7, 10, 20])('is a split of %i:1 that earlier prices were not adjusted for', (ratio) => {
    for (const seed of seeds) {
      const bars = scaled(calmBars(300, seed), 0, 200, ratio, true);
      const [first, ...others] = found(bars);
      expect(others).toEqual([]);
      expect(first).toMatch(
        new RegExp(
          `^200: (Opens at 1/\\S+ of the close before, as after a ${ratio}:1 split|Closes at 1/\\S+ of the bar before, near 1/10:)`,
        ),
      );
    }
  });

  test('is a split also where the vendor had adjusted volume, and in a short file', () => {
    expect(found(scaled(calmBars(22, 8), 0, 12, 5))).toEqual([expect.stringMatching(/^12: .* 5:1 split/)]);
  });

  test('is a reverse split', () => {
    expect(found(scaled(calmBars(300, 8), 0, 200, 0.25, true))).toEqual([
      expect.stringMatching(/^200: .* 1:4 \(reverse\) split/),
    ]);
  });

  test.each([0.45, 0.5, 0.55])('is a crash to %d, which is not called a split: it trades wide and heavily', (left) => {
    for (const seed of seeds) {
      const bars = scaled(calmBars(300, seed), 200, 300, left);
      bars.high[200] = bars.open[200]! * 1.08;
      bars.low[200] = bars.close[200]! * 0.93;
      bars.volume[200] = 25e6;
      const reasons = found(bars);
      expect(reasons.filter((reason) => reason.includes('split'))).toEqual([]);
      expect(reasons[0]).toMatch(/^200: Moves by -\d\d\.\d %/);
    }
  });

  test.each([100, 1000, 0.01])(
    'is a stretch of rows in another unit (times %d), where it begins and where it ends',
    (factor) => {
      const reasons = found(scaled(calmBars(300, 21), 100, 110, factor));
      expect(reasons.map((reason) => reason.split(':')[0])).toEqual(['100', '110']);
      expect(reasons.every((reason) => reason.includes('unit changed'))).toBe(true);
    },
  );

  test('is a low far under open and close', () => {
    const bars = calmBars(300, 5);
    bars.low[150] = bars.close[150]! * 0.8;
    expect(found(bars)).toEqual([expect.stringMatching(/^150: Its low \d+\.\d+ lies 2\d\.\d % beyond/)]);
  });

  test.each([0, 1e308, 1e-308])('of a bar at %d is told in finite figures, which JSON keeps', (price) => {
    const bars = calmBars(50, 5);
    for (const column of [bars.open, bars.high, bars.low, bars.close]) column[20] = price;
    const outliers = findOutliers('X', bars);
    expect(outliers.every(({ change }) => Number.isFinite(change))).toBe(true);
    expect(outliers.map(({ reason }) => reason).join(' ')).not.toMatch(/Infinity|NaN/);
  });

  test('is no split where every bar goes from 1 to 2', () => {
    const column = (value: number) => new Float64Array(50).fill(value);
    const time = column(0).map((_, i) => i * day);
    const bars = { time, open: column(1), high: column(2), low: column(1), close: column(2), volume: column(100) };
    expect(found(bars)).toEqual([]);
  });

  test('does not stumble over zero and negative prices', () => {
    const bars = scaled(calmBars(50, 5), 20, 21, 0);
    bars.close[30] = -37;
    expect(() => found(bars)).not.toThrow();
  });
});
