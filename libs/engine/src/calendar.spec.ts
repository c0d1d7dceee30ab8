import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Calendar, carriesSessionDates } from './calendar.js';
import { barsFrom } from './testing.js';

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
