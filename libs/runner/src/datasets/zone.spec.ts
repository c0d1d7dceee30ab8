import { describe, expect, test } from '@jest/globals';
import { endOfSessions } from './known-at.js';
import { offsetIn, utcOf, zoneTable } from './zone.js';

const at = (iso: string) => Date.parse(iso) * 1000;
const iso = (micros: number) => new Date(micros / 1000).toISOString();

describe('a zone as a table', () => {
  const newYork = zoneTable('America/New_York', at('2024-01-01T00:00Z'), at('2025-01-01T00:00Z'));

  test('begins with the range and holds each change of clocks to the second', () => {
    expect([...newYork.from].map(iso)).toEqual([
      '2024-01-01T00:00:00.000Z',
      '2024-03-10T07:00:00.000Z',
      '2024-11-03T06:00:00.000Z',
    ]);
    expect([...newYork.offsetMinutes]).toEqual([-300, -240, -300]);
  });

  test('knows offsets of half and quarter hours', () => {
    const kathmandu = zoneTable('Asia/Kathmandu', at('2024-01-01T00:00Z'), at('2024-06-01T00:00Z'));
    expect([...kathmandu.offsetMinutes]).toEqual([345]);
  });

  test('answers the offset at and around a change', () => {
    const change = at('2024-03-10T07:00Z');
    expect([change - 1, change, change + 1].map((time) => offsetIn(newYork, time))).toEqual([-300, -240, -240]);
  });

  test('takes the first coming of a doubled hour', () => {
    expect(iso(utcOf(at('2024-11-03T01:30Z'), newYork))).toBe('2024-11-03T05:30:00.000Z');
  });

  test('turns every unambiguous wall time of a year back into its instant', () => {
    const doubled = [at('2024-11-03T05:00Z'), at('2024-11-03T07:00Z')] as const;
    for (let time = at('2024-01-02T00:00Z'); time < at('2024-12-30T00:00Z'); time += 1_800_000_000) {
      if (time >= doubled[0] && time < doubled[1]) continue;
      expect(utcOf(time + offsetIn(newYork, time) * 60_000_000, newYork)).toBe(time);
    }
  });
});

describe('the end of a session', () => {
  const ends = (labels: string[], interval: string, zone: string) =>
    [...endOfSessions(Float64Array.from(labels, at), interval, zone)].map(iso);

  test('is the local midnight after its date, in winter and in summer', () => {
    expect(ends(['2024-03-08', '2024-03-11'], '1d', 'America/New_York')).toEqual([
      '2024-03-09T05:00:00.000Z',
      '2024-03-12T04:00:00.000Z',
    ]);
  });

  test('of a month is the end of that month by the calendar', () => {
    expect(ends(['2024-01-01', '2024-01-31', '2024-12-01'], '1mo', 'UTC')).toEqual([
      '2024-02-01T00:00:00.000Z',
      '2024-02-29T00:00:00.000Z',
      '2025-01-01T00:00:00.000Z',
    ]);
  });

  test('lies before the date in UTC where the zone is east', () => {
    expect(ends(['2024-01-02'], '1d', 'Asia/Tokyo')).toEqual(['2024-01-02T15:00:00.000Z']);
  });
});
