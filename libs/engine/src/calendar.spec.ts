import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { beginOf, Calendar, carriesSessionDates, startOfDate } from './calendar.js';
import { defineStrategy } from './strategy.js';
import { backtest, barsFrom } from './testing.js';

const at = (text: string) => Date.parse(text) * 1000;

/** New York around the end of daylight saving, 2020-11-01 06:00 UTC. */
const newYork = {
  name: 'America/New_York',
  from: Float64Array.of(-Infinity, at('2020-03-08T07:00Z'), at('2020-11-01T06:00Z')),
  offsetMinutes: Float64Array.of(-300, -240, -300),
};

test('in UTC dates, minutes and weekdays are those of the clock', () => {
  const calendar = new Calendar(null);
  fc.assert(
    fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }), (date) => {
      const time = date.getTime() * 1000;
      expect(calendar.date(time)).toBe(
        date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate(),
      );
      expect(calendar.minuteOfDay(time)).toBe(date.getUTCHours() * 60 + date.getUTCMinutes());
      expect(calendar.weekday(time)).toBe(date.getUTCDay() === 0 ? 7 : date.getUTCDay());
    }),
  );
});

test('a zone shifts them, and daylight saving with it', () => {
  const calendar = new Calendar(newYork);
  const read = (text: string) => [calendar.date(at(text)), calendar.minuteOfDay(at(text)), calendar.weekday(at(text))];
  expect(read('2020-07-01T13:30Z')).toEqual([20200701, 570, 3]);
  expect(read('2020-12-01T14:30Z')).toEqual([20201201, 570, 2]);
  expect(read('2020-12-01T02:00Z')).toEqual([20201130, 1260, 1]);
  expect(read('2020-07-01T13:30Z')).toEqual([20200701, 570, 3]);
});

test('a session date is a label that no zone shifts', () => {
  const row = { open: 1, high: 1, low: 1, close: 1 };
  const hour = 3600 * 1_000_000;
  const kinds = [
    barsFrom([row, row]),
    barsFrom([row, row], { interval: '1m' }),
    barsFrom([row, row], { interval: '1d', start: 17 * hour }),
  ];
  expect(kinds.map(carriesSessionDates)).toEqual([true, false, false]);
});

describe('the days on which clocks change', () => {
  const calendar = new Calendar(newYork);
  const minutes = (text: string) => calendar.minuteOfDay(at(text));

  test('one hour is skipped in spring', () => {
    expect(['2020-03-08T06:59Z', '2020-03-08T07:00Z'].map(minutes)).toEqual([119, 180]);
  });

  test('one hour comes twice in autumn, on the same date', () => {
    const twice = ['2020-11-01T05:30Z', '2020-11-01T06:30Z'];
    expect(twice.map((text) => [calendar.date(at(text)), minutes(text)])).toEqual([
      [20201101, 90],
      [20201101, 90],
    ]);
  });

  test('the session opens at the same time of day before and after', () => {
    expect(['2020-03-06T14:30Z', '2020-03-09T13:30Z', '2020-10-30T13:30Z', '2020-11-02T14:30Z'].map(minutes)).toEqual([
      570, 570, 570, 570,
    ]);
  });

  test('dates begin at local midnight: they are 23 and 25 hours long', () => {
    const begins = (date: string) => startOfDate(newYork, at(`${date}T00:00Z`));
    const hours = (date: string, next: string) => (begins(next) - begins(date)) / 3600e6;
    expect([hours('2020-03-08', '2020-03-09'), hours('2020-11-01', '2020-11-02')]).toEqual([23, 25]);
  });
});

describe('zones east of Greenwich', () => {
  const kolkata = { name: 'Asia/Kolkata', from: Float64Array.of(-Infinity), offsetMinutes: Float64Array.of(330) };
  const kiritimati = {
    name: 'Pacific/Kiritimati',
    from: Float64Array.of(-Infinity),
    offsetMinutes: Float64Array.of(840),
  };

  test('are ahead of the date in UTC', () => {
    const calendar = new Calendar(kiritimati);
    const time = at('2020-12-31T11:00Z');
    expect([calendar.date(time), calendar.minuteOfDay(time), calendar.weekday(time)]).toEqual([20210101, 60, 5]);
  });

  test('may be ahead by half hours', () => {
    expect(new Calendar(kolkata).minuteOfDay(at('2020-06-01T03:45Z'))).toBe(555);
  });

  test('a session that bears a date begins there on the day before in UTC', () => {
    const row = { open: 1, high: 1, low: 1, close: 1 };
    const bars = { ...barsFrom([row, row], { start: at('2020-06-01T00:00Z') }), zone: kolkata };
    expect(beginOf(bars, 0)).toBe(at('2020-05-31T18:30Z'));
  });
});

test('a half day has its bars and no more: the next session is told by its date alone', () => {
  const row = { open: 1, high: 1, low: 1, close: 1 };
  const half = barsFrom(new Array<typeof row>(7).fill(row), { interval: '30m', start: at('2020-11-27T14:30Z') });
  const whole = barsFrom(new Array<typeof row>(13).fill(row), { interval: '30m', start: at('2020-11-30T14:30Z') });
  const join = (a: Float64Array, b: Float64Array) => Float64Array.from([...a, ...b]);
  const bars = { ...half, zone: newYork, length: 20, time: join(half.time, whole.time) };
  const prices = { open: new Float64Array(20).fill(1), high: new Float64Array(20).fill(1) };
  const rest = { low: prices.open, close: prices.open, volume: prices.open };
  const opens: number[] = [];
  const looker = defineStrategy({
    name: 'Look',
    next: ({ isNewDay, index, minuteOfDay }) => void (isNewDay && opens.push(index, minuteOfDay)),
  });
  backtest(looker, { ...bars, ...prices, ...rest, knownAt: join(half.knownAt, whole.knownAt) });
  expect(opens).toEqual([0, 570, 7, 570]);
});
