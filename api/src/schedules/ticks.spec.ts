import { describe, expect, test } from '@jest/globals';
import { dueTick, tickAfter, type Times } from './ticks.js';

const minute = 60_000;
const hour = 60 * minute;

/** The first times from a moment on. */
function following(times: Times, from: string, count: number): string[] {
  const found: Date[] = [];
  while (found.length < count) found.push(tickAfter(times, found.at(-1) ?? new Date(from)));
  return found.map((tick) => tick.toISOString().slice(5, 16));
}

describe('SAFETY bar 30: on the days when clocks are put forward or back', () => {
  const berlin = { cron: '30 2 * * *', timeZone: 'Europe/Berlin' };

  test('a time that the clock skips comes that day all the same, once', () => {
    expect(following(berlin, '2026-03-27T12:00:00Z', 3)).toEqual(['03-28T01:30', '03-29T01:30', '03-30T00:30']);
  });

  test('a time that the clock shows twice comes once', () => {
    expect(following(berlin, '2026-10-23T12:00:00Z', 3)).toEqual(['10-24T00:30', '10-25T00:30', '10-26T01:30']);
  });

  test('every half hour stays every half hour', () => {
    const halves = { cron: '*/30 * * * *', timeZone: 'America/New_York' };
    for (const from of ['2026-03-08T05:00:00Z', '2026-11-01T04:00:00Z']) {
      const times = following(halves, from, 8).map((tick) => Date.parse(`2026-${tick}Z`));
      expect(times.slice(1).map((time, i) => time - times[i]!)).toEqual(Array(7).fill(30 * minute));
    }
  });
});

describe('SAFETY bar 30: whatever the clock says', () => {
  const times = { cron: '*/10 * * * *', timeZone: 'UTC' };
  const start = Date.parse('2026-01-05T08:00:00Z');

  /** What is served where somebody looks at these moments, in order, as often as something is due. */
  function served(moments: readonly number[]): number[] {
    const ticks: number[] = [];
    let waiting = new Date(start);
    for (const now of moments) {
      for (let due = dueTick(times, waiting, new Date(now)); due; due = dueTick(times, waiting, new Date(now))) {
        ticks.push((due.tick.getTime() - start) / minute);
        waiting = due.next;
      }
    }
    return ticks;
  }

  const day = Array.from({ length: 12 * 60 }, (_, i) => start + i * minute);
  const every = Array.from({ length: 72 }, (_, i) => i * 10);

  test.each([
    ['is right', 0],
    ['is put forward by an hour and back again', hour],
    ['is put back by an hour and forward again', -hour],
  ])('each time is served once, and none is left out, where it %s', (_, jump) => {
    expect(served(day.map((now, i) => now + (i > 200 && i < 500 ? jump : 0)))).toEqual(every);
  });

  test('times of a long outage have one that stands for them, and is counted', () => {
    const due = dueTick(times, new Date(start), new Date(start + 10 * hour + minute));
    expect([due?.tick.toISOString(), due?.passedOver]).toEqual(['2026-01-05T16:10:00.000Z', 49]);
    const daily = { cron: '0 6 * * *', timeZone: 'UTC' };
    const monday = dueTick(daily, new Date('2026-01-03T06:00:00Z'), new Date('2026-01-05T11:00:00Z'));
    expect(monday).toEqual({
      tick: new Date('2026-01-05T06:00:00Z'),
      next: new Date('2026-01-06T06:00:00Z'),
      passedOver: 2,
    });
  });

  test('nothing is due before its time', () => {
    expect(dueTick(times, new Date(start), new Date(start - 1))).toBeNull();
  });
});

test.each([
  ['61 * * * *', 'UTC', '"61 * * * *" is no time that cron knows'],
  ['0 0 6 * * *', 'UTC', 'has 6 cron fields. Write five'],
  ['@daily', 'UTC', 'has 1 cron fields'],
  ['0 0 31 2 *', 'UTC', 'is no time that cron knows'],
  ['0 6 * * *', 'Mars/Olympus', '"Mars/Olympus" is no time zone'],
])('%s in %s is refused with a sentence', (cron, timeZone, words) => {
  expect(() => tickAfter({ cron, timeZone }, new Date())).toThrow(words);
});

describe('a schedule of few words', () => {
  const utc = { timeZone: 'UTC' };

  test('that asks for a day that never comes is refused at once', () => {
    const never = { cron: '0 0 31 4,6 *', ...utc };
    expect(() => tickAfter(never, new Date())).toThrow('"0 0 31 4,6 *" is no time that cron knows: no such day comes');
    expect(following({ cron: '0 0 29 2 *', ...utc }, '2027-01-01T00:00:00Z', 1)).toEqual(['02-29T00:00']);
  });

  test('that leaves the minute to us has the same one each time', () => {
    const some = { cron: 'H H * * *', ...utc };
    const [first, second] = following(some, '2026-01-05T00:00:00Z', 2);
    expect(first?.slice(6)).toBe(second?.slice(6));
    expect(following(some, '2026-01-05T00:00:00Z', 1)).toEqual([first]);
  });

  test('names its zone as IANA does, not as an offset', () => {
    expect(() => tickAfter({ cron: '0 6 * * *', timeZone: '+05:30' }, new Date())).toThrow('"+05:30" is no time zone');
  });

  test('that nobody served for a year is made up for from two hours ago on, without counting all of it', () => {
    const now = new Date('2026-01-05T08:00:30Z');
    expect(dueTick({ cron: '* * * * *', ...utc }, new Date('2025-01-05T08:00:00Z'), now)).toEqual({
      tick: new Date('2026-01-05T06:01:00Z'),
      next: new Date('2026-01-05T06:02:00Z'),
      passedOver: 1_000,
    });
    const daily = dueTick({ cron: '0 3 * * *', ...utc }, new Date('2020-01-05T03:00:00Z'), now);
    expect(daily).toMatchObject({ tick: new Date('2026-01-05T03:00:00Z'), passedOver: 1_000 });
  });
});
