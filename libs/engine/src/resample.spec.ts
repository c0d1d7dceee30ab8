import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { barSeriesFrom, barsOf, runOf, type BarSeries } from './bar-series.js';
import type { Bars, Interval, Zone } from './bars.js';
import { map, scan } from './causal.js';
import { coarserBars } from './coarser-bars.js';
import { atr, ema, highest } from './indicators/index.js';
import { resample } from './resample.js';
import { SteppingCursor } from './series.js';
import { defineStrategy } from './strategy.js';
import { backtest, barsFromCloses, randomBars } from './testing.js';

const hour = 3600e6;
const day = 24 * hour;
const at = (text: string) => Date.parse(text) * 1000;
const iso = (micros: number) => new Date(micros / 1000).toISOString().slice(0, 16);

const newYork: Zone = {
  name: 'America/New_York',
  from: Float64Array.of(-Infinity, at('2020-03-08T07:00Z'), at('2020-11-01T06:00Z')),
  offsetMinutes: Float64Array.of(-300, -240, -300),
};
const tokyo: Zone = { name: 'Asia/Tokyo', from: Float64Array.of(-Infinity), offsetMinutes: Float64Array.of(540) };

/** What a strategy sees of longer bars at every moment, along the run. */
function seen(bars: Bars | readonly Bars[], interval: Interval, longer = resample): readonly (readonly number[])[] {
  const rows: number[][] = [];
  const looker = defineStrategy({
    name: 'Look',
    init({ bars: fine }) {
      const coarse = longer(fine, interval);
      const doubled = map(coarse.close, (close) => close * 2);
      const lines = [ema(coarse.close, 3), atr(coarse, 2), highest(coarse.high, 2), doubled];
      return { coarse, lines: [...lines, scan(coarse.volume, 0, (sum, volume) => sum + volume)] };
    },
    next(_, { coarse, lines }) {
      const { open, high, low, close, volume } = coarse;
      rows.push([coarse.index, Number(coarse.isNew), ...[open, high, low, close, volume, ...lines].map((x) => x.now)]);
    },
  });
  backtest(looker, bars);
  return rows;
}

describe('bars of an hour made of minutes', () => {
  const minutes = barsFromCloses(
    Array.from({ length: 150 }, (_, i) => i),
    { interval: '1m', start: at('2020-06-01T10:30Z') },
  );

  test('hold what was completed within the hour, from their first open to their last close', () => {
    const { time, open, high, low, close, volume, length } = coarserBars(minutes, '1h');
    expect([length, Array.from(time, iso)]).toEqual([3, ['2020-06-01T10:00', '2020-06-01T11:00', '2020-06-01T12:00']]);
    expect([open[1], high[1], low[1], close[1], volume[1]]).toEqual([29, 89, 29, 89, 60_000]);
  });

  test('are seen from the minute on that ends the hour, and not before', () => {
    const rows = seen(minutes, '1h');
    expect([28, 29, 30, 88, 89].map((minute) => rows[minute]!.slice(0, 2))).toEqual([
      [-1, 0],
      [0, 1],
      [0, 0],
      [0, 0],
      [1, 1],
    ]);
  });

  test("are seen at another series' bar, where that one comes first after the hour", () => {
    const gap = barsFromCloses([1, 2, 3], { interval: '1m', start: at('2020-06-01T10:30Z') });
    const other = barsFromCloses(
      Array.from({ length: 60 }, () => 1),
      { symbol: 'B', interval: '1m', start: at('2020-06-01T10:30Z') },
    );
    const rows = seen([gap, other], '1h');
    expect([rows[28]![0], rows[29]![0]]).toEqual([-1, 0]);
  });
});

describe('bars of a day made of shorter ones', () => {
  const row = (length: number, interval: Interval, start: string, zone: Zone) => ({
    ...barsFromCloses(
      Array.from({ length }, (_, i) => i),
      { interval, start: at(start) },
    ),
    zone,
  });

  test('are those of the date in the zone, and end with it: a day of 25 hours has 25', () => {
    const hours = row(100, '1h', '2020-10-31T04:00Z', newYork);
    const { time, knownAt, volume } = coarserBars(hours, '1d');
    expect(Array.from(time.subarray(0, 3), iso)).toEqual(['2020-10-31T00:00', '2020-11-01T00:00', '2020-11-02T00:00']);
    expect(Array.from(knownAt.subarray(0, 3), iso)).toEqual([
      '2020-11-01T04:00',
      '2020-11-02T05:00',
      '2020-11-03T05:00',
    ]);
    expect(Array.from(volume.subarray(0, 3))).toEqual([24_000, 25_000, 24_000]);
  });

  test('have 23 hours where the clocks go forward', () => {
    const { volume } = coarserBars(row(80, '1h', '2020-03-07T05:00Z', newYork), '1d');
    expect(Array.from(volume.subarray(0, 2))).toEqual([24_000, 23_000]);
  });

  test('east of Greenwich begin on the day before in UTC', () => {
    const { time, knownAt } = coarserBars(row(48, '1h', '2020-06-01T15:00Z', tokyo), '1d');
    expect([Array.from(time, iso), Array.from(knownAt, iso)]).toEqual([
      ['2020-06-02T00:00', '2020-06-03T00:00'],
      ['2020-06-02T15:00', '2020-06-03T15:00'],
    ]);
  });

  test('are known at midnight, also on a half day, which only its missing afternoon makes one', () => {
    const half = row(7, '30m', '2020-11-27T14:30Z', newYork);
    const { time, knownAt, length } = coarserBars(half, '1d');
    expect([length, iso(time[0]!), iso(knownAt[0]!)]).toEqual([1, '2020-11-27T00:00', '2020-11-28T05:00']);
  });

  test('a zone that skips midnight loses no bar', () => {
    const saoPaulo: Zone = {
      name: 'America/Sao_Paulo',
      from: Float64Array.of(-Infinity, at('2018-11-04T03:00Z')),
      offsetMinutes: Float64Array.of(-180, -120),
    };
    const { volume, knownAt } = coarserBars(row(47, '1h', '2018-11-03T03:00Z', saoPaulo), '1d');
    expect([Array.from(volume), Array.from(knownAt, iso)]).toEqual([
      [24_000, 23_000],
      ['2018-11-04T03:00', '2018-11-05T02:00'],
    ]);
  });
});

test('weeks begin on Monday, months on their first', () => {
  const days = barsFromCloses(
    Array.from({ length: 60 }, (_, i) => i),
    { start: at('2020-01-30T00:00Z') },
  );
  const weeks = coarserBars(days, '1w');
  const months = coarserBars(days, '1mo');
  expect([iso(weeks.time[0]!), iso(weeks.time[1]!)]).toEqual(['2020-01-27T00:00', '2020-02-03T00:00']);
  expect(Array.from(months.time, iso)).toEqual(['2020-01-01T00:00', '2020-02-01T00:00', '2020-03-01T00:00']);
  expect(months.volume[1]).toBe(29_000);
});

test.each<[Interval, Interval, RegExp]>([
  ['1h', '1m', /bars of 1h do not make bars of 1m/],
  ['1h', '90m', /do not make/],
  ['1m', '3d', /"3d" is none of its intervals/],
  ['1m', '2000m', /is none of its intervals/],
])('bars of %s do not become bars of %s', (from, to, reason) => {
  expect(() => coarserBars(barsFromCloses([1, 2], { interval: from }), to)).toThrow(reason);
});

test('resample belongs in init', () => {
  const late = defineStrategy({ name: 'Late', next: ({ bars }) => void resample(bars, '1w') });
  expect(() => backtest(late, barsFromCloses([1, 2]))).toThrow('resample belongs in init');
});

test('longer bars are not traded', () => {
  const trader = defineStrategy({
    name: 'Trade',
    init: ({ bars }) => resample(bars, '1w'),
    next: ({ buy }, weeks) => void buy({ on: weeks }),
  });
  expect(() => backtest(trader, barsFromCloses([1, 2]))).toThrow('take it from series or symbol, not from resample');
});

/** The bars that are known at a moment, and no later ones. */
function until({ length: _, extra: __, ...bars }: Bars, moment: number): Bars {
  let length = 0;
  while (length < bars.knownAt.length && bars.knownAt[length]! <= moment) length++;
  const columns = Object.entries(bars).map(([name, value]) => [
    name,
    value instanceof Float64Array ? value.subarray(0, length) : value,
  ]);
  return { ...(Object.fromEntries(columns) as Bars), length, extra: {} };
}

/** The same bars, with other prices and volumes after a moment. */
function noised(bars: Bars, moment: number): Bars {
  const noise = (column: Float64Array, by: number) =>
    column.map((value, i) => (bars.knownAt[i]! > moment ? value * by + i : value));
  return {
    ...bars,
    open: noise(bars.open, 3),
    high: noise(bars.high, 9),
    low: noise(bars.low, 0.1),
    close: noise(bars.close, 3),
    volume: noise(bars.volume, 7),
  };
}

/** How a strategy's view up to a moment differs when the future is cut off or is another one; null where it does not. */
function leakIn(series: readonly Bars[], interval: Interval, bar: number, longer = resample): string | null {
  const moment = series[0]!.knownAt[bar]!;
  const known = (rows: readonly (readonly number[])[], length: number) => JSON.stringify(rows.slice(0, length), exact);
  const cut = seen(
    series.map((one) => until(one, moment)),
    interval,
    longer,
  );
  const past = known(seen(series, interval, longer), cut.length);
  if (known(cut, cut.length) !== past) return 'cut';
  const other = seen(
    series.map((one) => noised(one, moment)),
    interval,
    longer,
  );
  return known(other, cut.length) === past ? null : 'noise';
}

/** JSON has no NaN and no -0; the last bit of any other number survives. */
function exact(_key: string, value: unknown): unknown {
  return typeof value === 'number' && (Object.is(value, -0) || Number.isNaN(value)) ? String(value) : value;
}

describe('the future does not exist for longer bars', () => {
  const cases = fc.record({
    seed: fc.nat({ max: 1000 }),
    bar: fc.integer({ min: 1, max: 199 }),
    shapes: fc.constantFrom<[Interval, Interval]>(
      ['1m', '5m'],
      ['15m', '1h'],
      ['30m', '4h'],
      ['1h', '1d'],
      ['4h', '1w'],
      ['1d', '1w'],
      ['1d', '1mo'],
    ),
    zone: fc.constantFrom(newYork, tokyo),
    offset: fc.nat({ max: 59 }),
    withOther: fc.boolean(),
  });

  test('to cut it off, or to change it, changes nothing that was seen before, to the last bit', () => {
    fc.assert(
      fc.property(cases, ({ seed, bar, shapes: [fine, coarse], zone, offset, withOther }) => {
        const start = at('2020-10-30T00:00Z') + offset * 60e6;
        const bars = { ...gappy(randomBars(200, seed, { interval: fine, start }), seed), zone };
        const other = { ...randomBars(100, seed + 1, { interval: '1h', start: start + hour / 2, symbol: 'B' }), zone };
        const series = withOther ? [bars, other] : [bars];
        expect(leakIn(series, coarse, Math.min(bar, bars.length - 1))).toBeNull();
      }),
      { numRuns: 150 },
    );
  });

  /** Some bars are missing, as they are in real data. */
  function gappy(bars: Bars, seed: number): Bars {
    const keep = Array.from({ length: bars.length }, (_, i) => i).filter((i) => (i * 7 + seed) % 11 !== 0);
    const pick = (column: Float64Array) => Float64Array.from(keep, (i) => column[i]!);
    const { time, knownAt, open, high, low, close, volume } = bars;
    return {
      ...bars,
      length: keep.length,
      ...{ time: pick(time), knownAt: pick(knownAt), open: pick(open), high: pick(high), low: pick(low) },
      ...{ close: pick(close), volume: pick(volume) },
    };
  }

  /** A resample that shows each longer bar, whole, from the moment it begins. */
  function leaky(bars: BarSeries, interval: Interval): BarSeries {
    const { pace, now } = runOf(bars);
    const coarse = coarserBars(barsOf(bars), interval);
    const cursor = new SteppingCursor(coarse.length);
    now.onMove(() => {
      cursor.started = true;
      while (cursor.index + 1 < coarse.length && coarse.time[cursor.index + 1]! < pace.knownAt[now.index]!)
        cursor.moveTo(cursor.index + 1);
    });
    return barSeriesFrom(coarse, cursor, { pace, now });
  }

  test('a resample that shows a bar while it forms is caught', () => {
    const bars = randomBars(200, 1, { interval: '15m', start: day });
    expect([leakIn([bars], '1h', 101, leaky), leakIn([bars], '1h', 101)]).toEqual(['cut', null]);
  });
});
