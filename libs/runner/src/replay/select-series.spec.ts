import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BacktestOptions, type DatasetInfo } from '@quarry/contracts';
import { selectRange, selectSeries } from './select-series.js';

const options = (given: Partial<BacktestOptions> = {}): BacktestOptions => BacktestOptions.parse(given);
const series = (symbol: string, interval: string): DatasetInfo['series'][number] =>
  ({ symbol, interval, rows: 10, columns: [] }) as unknown as DatasetInfo['series'][number];
const info = (...held: DatasetInfo['series']): DatasetInfo => ({ name: 'd', series: held }) as unknown as DatasetInfo;

describe('which series a run trades', () => {
  test('is the only one there is', () => {
    expect(selectSeries(info(series('A', '1d')), options())).toMatchObject([{ symbol: 'A' }]);
  });

  test('is the one that symbol and interval name', () => {
    const held = info(series('A', '1d'), series('A', '1h'), series('B', '1d'));
    expect(selectSeries(held, options({ symbol: 'A', interval: '1h' }))).toMatchObject([
      { symbol: 'A', interval: '1h' },
    ]);
    expect(selectSeries(held, options({ symbol: 'B' }))).toMatchObject([{ symbol: 'B' }]);
  });

  test('must be named where there are several', () => {
    const refusal = selectSeries(info(series('A', '1d'), series('B', '1d')), options({ interval: '1d' }));
    expect(refusal).toMatchObject({
      code: 'bad-selection',
      message: 'd holds several series that are 1d: name a symbol and an interval. It holds A 1d, B 1d.',
    });
  });

  test('is refused by name where there is none, or where it holds ticks', () => {
    expect(selectSeries(info(series('A', '1d')), options({ symbol: 'Z' }))).toMatchObject({
      message: 'd has no series Z. It holds A 1d.',
    });
    expect(selectSeries(info(series('A', 'tick')), options())).toMatchObject({ code: 'data-refused' });
  });
});

describe('which series a run over several symbols trades', () => {
  const held = info(series('C', '1d'), series('A', '1d'), series('A', '1h'), series('B', '1d'), series('T', 'tick'));
  const names = (given: Partial<BacktestOptions>) => {
    const found = selectSeries(held, options(given));
    return 'code' in found ? found.message : found.map(({ symbol, interval }) => `${symbol} ${interval}`);
  };

  test('are those that are named, in the order of their names, once each', () => {
    expect(names({ symbols: ['C', 'A', 'C'], interval: '1d' })).toEqual(['A 1d', 'C 1d']);
    expect(names({ symbols: ['C', 'B'] })).toEqual(['B 1d', 'C 1d']);
  });

  test('are all of an interval', () => {
    expect(names({ symbols: 'all', interval: '1d' })).toEqual(['A 1d', 'B 1d', 'C 1d']);
  });

  test.each<[Partial<BacktestOptions>, string]>([
    [{ symbols: 'all' }, 'd has bars of 1d, 1h of these symbols: name an interval.'],
    [{ symbols: ['A', 'Z'], interval: '1d' }, 'd has no bars of Z 1d. It holds C 1d, A 1d, A 1h, B 1d, T tick.'],
    [{ symbols: 'all', interval: '5m' }, 'd has no bars of 5m. It holds C 1d, A 1d, A 1h, B 1d, T tick.'],
    [{ symbols: ['A'], symbol: 'B' }, 'Both symbol and symbols are given. Leave out symbol, or name only B.'],
  ])('%j is refused', (given, message) => {
    expect(names(given)).toBe(message);
  });
});

describe('which bars a run uses', () => {
  const day = 86_400_000_000;
  const start = Date.UTC(2020, 0, 1) * 1000;
  let folder: string;
  let file: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'quarry-range-'));
    file = join(folder, 'time');
    writeFileSync(file, new Uint8Array(Float64Array.from({ length: 10 }, (_, i) => start + i * day).buffer));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('are all of them where no date is given', () => {
    expect(selectRange(file, 10, options())).toEqual({
      ...{ first: 0, length: 10, isWhole: true },
      from: start,
      to: start + 9 * day,
    });
  });

  test('lie between two days, both inclusive', () => {
    expect(selectRange(file, 10, options({ from: '2020-01-03', to: '2020-01-05' }))).toEqual({
      ...{ first: 2, length: 3, isWhole: false },
      from: start + 2 * day,
      to: start + 4 * day,
    });
  });

  test('may be named to the minute, in a zone', () => {
    expect(selectRange(file, 10, options({ from: '2020-01-02T00:01', to: '2020-01-04T01:00+01:00' }))).toMatchObject({
      first: 2,
      length: 2,
    });
  });

  test("are refused with the series' own span where there are none", () => {
    expect(selectRange(file, 10, options({ from: '2021-01-01' }))).toMatchObject({
      code: 'bad-selection',
      message: 'There are no bars between 2021-01-01 and the end. The series runs from 2020-01-01 to 2020-01-10, UTC.',
    });
  });

  test.each(['yesterday', '2020-13-01', '01/02/2020x'])('"%s" is not a date', (from) => {
    expect(selectRange(file, 10, { ...options(), from })).toMatchObject({ code: 'bad-selection' });
    expect(BacktestOptions.safeParse({ from }).success).toBe(false);
  });
});
