import { describe, expect, test } from '@jest/globals';
import { findGaps } from './gaps.js';
import { calendarOf } from './session-calendar.js';

const minute = 60_000_000;
const day = 1440 * minute;
const monday = Date.UTC(2024, 0, 1) * 1000;

const times = (list: number[]) => Float64Array.from(list);
const weekdays = (weeks: number) =>
  Array.from({ length: weeks * 7 }, (_, k) => k)
    .filter((k) => k % 7 < 5)
    .map((k) => monday + k * day);
/** Minutes from 9:30 to 16:00 on weekdays. */
const session = (weeks: number) =>
  weekdays(weeks).flatMap((start) => Array.from({ length: 390 }, (_, k) => start + (570 + k) * minute));

function gaps(list: number[], interval: string, calendar: '24/7' | 'weekdays' | 'sessions') {
  const time = times(list);
  return findGaps({ symbol: 'X', interval, calendar, time, local: time }).map(({ missingBars }) => missingBars);
}

describe('gaps', () => {
  test('of a market that never closes are counted bar by bar', () => {
    const list = Array.from({ length: 100 }, (_, k) => monday + k * minute).filter(
      (_, k) => k !== 50 && k !== 51 && k !== 70,
    );
    expect(gaps(list, '1m', '24/7')).toEqual([2, 1]);
  });

  test('are not nights and weekends of a session', () => {
    expect(gaps(session(3), '1m', 'sessions')).toEqual([]);
  });

  test('are minutes that lack within a session', () => {
    const list = session(3).filter((_, k) => !(k >= 1000 && k < 1007));
    expect(gaps(list, '1m', 'sessions')).toEqual([7]);
  });

  test('are the rest of a session that ended early', () => {
    const short = session(3).filter((time) => !(time >= monday + 8 * day + 780 * minute && time < monday + 9 * day));
    expect(gaps(short, '1m', 'sessions')).toEqual([180]);
  });

  test('are minutes that lack within a single day', () => {
    const morning = Array.from({ length: 180 }, (_, k) => monday + (540 + k) * minute);
    const lacking = morning.filter((_, k) => !(k >= 60 && k < 80));
    expect(gaps(morning, '1m', 'sessions')).toEqual([]);
    expect(gaps(lacking, '1m', 'sessions')).toEqual([20]);
  });

  test('are not the night between two days, nor a break that both of them hold', () => {
    const two = session(1).slice(0, 780);
    const lunch = two.filter((time) => Math.floor((time % day) / (60 * minute)) !== 12);
    expect(gaps(two, '1m', 'sessions')).toEqual([]);
    expect(gaps(lunch, '1m', 'sessions')).toEqual([]);
  });

  test.each(['24/7', 'sessions', 'weekdays'] as const)(
    'are not the hour that clocks skip or repeat (%s)',
    (calendar) => {
      const half = 30 * minute;
      const changing = (hours: number) => {
        const time = Float64Array.from({ length: 14 * 48 }, (_, k) => monday + k * half);
        const local = time.map((utc, k) => utc + (k >= 300 ? hours * 60 * minute : 0));
        return findGaps({ symbol: 'X', interval: '30m', calendar, time, local });
      };
      expect(changing(1)).toEqual([]);
      expect(changing(-1)).toEqual([]);
    },
  );

  test('of daily sessions leave room for holidays, and no more', () => {
    const list = weekdays(6);
    expect(
      gaps(
        list.filter((_, k) => k !== 7),
        '1d',
        'sessions',
      ),
    ).toEqual([]);
    expect(
      gaps(
        list.filter((_, k) => k < 7 || k > 12),
        '1d',
        'sessions',
      ),
    ).toEqual([6]);
  });

  test('of daily bars round the clock are each missing day', () => {
    const list = Array.from({ length: 20 }, (_, k) => monday + k * day).filter((_, k) => k !== 5);
    expect(gaps(list, '1d', '24/7')).toEqual([1]);
  });

  test('of months are months', () => {
    const list = [0, 1, 2, 5, 6].map((month) => Date.UTC(2024, month, 1) * 1000);
    expect(gaps(list, '1mo', 'sessions')).toEqual([2]);
  });

  test('of trades are not looked for', () => {
    expect(gaps([monday, monday + 5 * day], 'tick', '24/7')).toEqual([]);
  });
});

describe('the calendar', () => {
  test('is 24/7 with bars at weekends, weekdays round the clock, else sessions', () => {
    const all = Array.from({ length: 14 * 24 }, (_, k) => monday + k * 60 * minute);
    const noWeekend = all.filter((time) => (time - monday) % (7 * day) < 5 * day);
    expect([
      calendarOf(times(all), 60 * minute),
      calendarOf(times(noWeekend), 60 * minute),
      calendarOf(times(session(2)), minute),
      calendarOf(times(weekdays(8)), day),
    ]).toEqual(['24/7', 'weekdays', 'sessions', 'sessions']);
  });
});
