import { describe, expect, test } from '@jest/globals';
import { barSeriesFrom } from '../bar-series.js';
import { columnOf, SteppingCursor } from '../series.js';
import { barsFrom, barsFromCloses } from '../testing.js';
import { asOf, correlation, pivotPoints, vwap } from './index.js';
import { streakColumn } from './connors-rsi.js';
import { dpoColumn } from './dpo.js';
import { drawdownColumn } from './drawdown.js';
import { heikinAshiColumns } from './heikin-ashi.js';
import { ichimokuColumns } from './ichimoku.js';
import { kstColumns } from './kst.js';
import { mcginleyColumn } from './mcginley.js';
import { obvColumn } from './obv.js';
import { pvtColumn } from './pvt.js';
import { supertrendColumns } from './supertrend.js';
import { vidyaColumn } from './vidya.js';
import { nviColumn, pviColumn } from './volume-index.js';

const column = (...values: number[]): Float64Array => Float64Array.from(values);
/** 2020-01-01 22:00 UTC: the third bar begins a new day. */
const evening = 1_577_916_000_000_000;

function view(bars: ReturnType<typeof barsFrom>) {
  const now = new SteppingCursor(bars.length);
  return barSeriesFrom(bars, now, { pace: bars, now });
}

describe('what follows sessions', () => {
  const rows = [10, 12, 20, 30].map((price) => ({
    open: price,
    high: price + 1,
    low: price - 1,
    close: price,
    volume: 100,
  }));
  const bars = barsFrom(rows, { interval: '1h', start: evening });

  test('a VWAP begins anew with each date', () => {
    expect([...columnOf(vwap(view(bars)))]).toEqual([10, 11, 20, 25]);
  });

  test('the date is that of the dataset’s zone', () => {
    const zone = { name: 'UTC+3', from: column(-Infinity), offsetMinutes: column(180) };
    expect([...columnOf(vwap(view({ ...bars, zone })))]).toEqual([10, 11, 14, 18]);
  });

  test('pivot points are those of the session before, from the first bar of the next', () => {
    const points = pivotPoints(view(bars));
    const levels = Object.fromEntries(Object.entries(points).map(([name, line]) => [name, columnOf(line).slice(1, 3)]));
    // High 13, low 9, close 12: the pivot is 34 / 3.
    const pivot = 34 / 3;
    expect([
      levels['pivot'],
      levels['resistance1'],
      levels['support1'],
      levels['resistance2'],
      levels['support2'],
    ]).toEqual([pivot, 2 * pivot - 9, 2 * pivot - 13, pivot + 4, pivot - 4].map((level) => column(NaN, level)));
  });
});

describe('several series', () => {
  const hours = view(barsFromCloses([1, 2, 3, 4], { interval: '1h', start: evening }));
  const halves = view(barsFromCloses([10, 20, 30, 40, 50, 60, 70, 80], { interval: '30m', start: evening }));

  test('a value of other bars is read where its own bar is complete', () => {
    expect([...columnOf(asOf(hours.close, hours, halves))]).toEqual([NaN, 1, 1, 2, 2, 3, 3, 4]);
  });

  test('two series over different bars are refused, with the way out', () => {
    expect(() => correlation(hours.close, halves.close, 2)).toThrow(/^correlation: .*asOf/);
    expect(() => asOf(hours.close, halves, hours)).toThrow(/^asOf: /);
  });
});

describe('lines that are moved on a chart', () => {
  const rising = Float64Array.from({ length: 80 }, (_, k) => k);
  const bars = { high: rising, low: rising, close: rising };
  const ichimoku = ichimokuColumns(bars, { conversion: 9, base: 26, span: 52, displacement: 26 });

  test('the cloud over a bar was computed so many bars before, and the lagging line needs no later bar', () => {
    const at = (line: Float64Array): number => line[79]!;
    expect([ichimoku.conversion, ichimoku.base, ichimoku.leadingA, ichimoku.leadingB, ichimoku.spanB].map(at)).toEqual([
      75, 66.5, 70.75, 53.5, 27.5,
    ]);
    expect([at(ichimoku.spanA), at(ichimoku.lagging)]).toEqual([44.75, 53]);
  });

  test('a detrended price is that of earlier bars', () => {
    // Of 10 bars: the price 6 bars ago less the average, which lies 4.5 bars back.
    expect(dpoColumn(rising, 10)[79]).toBeCloseTo(-1.5, 12);
  });
});

describe('a SuperTrend', () => {
  test('follows a rise from below, turns on the close beyond it, and then follows from above', () => {
    const close = column(10, 11, 12, 13, 14, 15, 9, 8, 7);
    const bars = { high: close.map((v) => v + 0.5), low: close.map((v) => v - 0.5), close };
    const { line, direction } = supertrendColumns(bars, 3, 1);
    expect([...direction]).toEqual([NaN, NaN, NaN, 1, 1, 1, -1, -1, -1]);
    // Ranges of 1.5 up to the fall, of 6.5 in it: the average is then (2 * 1.5 + 6.5) / 3.
    expect([line[3], line[4], line[5], line[6]]).toEqual([11.5, 12.5, 13.5, expect.closeTo(9 + 9.5 / 3, 12)]);
  });
});

describe('volume', () => {
  const close = column(10, 11, 11, 10, 12);
  const volume = column(5, 7, 3, 2, 4);

  test('on balance is added where the close rose and taken off where it fell', () => {
    expect([...obvColumn(close, volume)]).toEqual([0, 7, 7, 5, 9]);
  });

  test('moves the negative index where it fell and the positive one where it rose', () => {
    const falls = [1000, 1000, 1000, (1000 * 10) / 11, (1000 * 10) / 11];
    const rises = [1000, 1100, 1100, 1100, 1320];
    expect([[...nviColumn(close, volume)], [...pviColumn(close, volume)]]).toEqual(
      [falls, rises].map((line) => line.map((value) => expect.closeTo(value, 9))),
    );
  });

  test('times the relative change adds up to the price volume trend', () => {
    expect(pvtColumn(close, volume).at(-1)).toBeCloseTo(7 / 10 - 2 / 11 + (4 * 2) / 10, 12);
  });
});

describe('others', () => {
  test('a heikin-ashi candle opens in the middle of the one before', () => {
    const bars = { open: column(10, 12), high: column(14, 15), low: column(8, 11), close: column(12, 14) };
    const { open, high, low, close } = heikinAshiColumns(bars);
    expect([[...open], [...high], [...low], [...close]]).toEqual([
      [11, 11],
      [14, 15],
      [8, 11],
      [11, 13],
    ]);
  });

  test('a streak counts rises and falls in a row', () => {
    expect([...streakColumn(column(1, 2, 3, 3, 2, 1, 5))]).toEqual([0, 1, 2, 0, -1, -2, 1]);
  });

  test('a drawdown is measured from the highest so far', () => {
    expect([...drawdownColumn(column(10, 20, 15, 25, 5))]).toEqual([0, 0, -0.25, 0, -0.8]);
  });

  test('a McGinley dynamic moves the less, the further the price ran up', () => {
    expect(mcginleyColumn(column(10, 10, 20), 2)[2]).toBeCloseTo(10 + 10 / (2 * 16), 12);
  });

  test('a VIDYA is an EMA where every change went one way', () => {
    const rising = column(1, 2, 3, 4, 5);
    // Begun at 3, the third value, with all changes upwards; 2 / (3 + 1) of each step from then on.
    expect([...vidyaColumn(rising, 3, 2)]).toEqual([NaN, NaN, 3, 3.5, 4.25]);
  });

  test('a KST of steady growth is the sum of its rates, weighted 1 to 4', () => {
    const growth = Float64Array.from({ length: 60 }, (_, k) => 1.01 ** k);
    const rate = (bars: number): number => 100 * (1.01 ** bars - 1);
    const { line, signal } = kstColumns(growth, 9);
    const expected = rate(10) + 2 * rate(15) + 3 * rate(20) + 4 * rate(30);
    expect([line[59], signal[59]]).toEqual([expect.closeTo(expected, 8), expect.closeTo(expected, 8)]);
  });
});
