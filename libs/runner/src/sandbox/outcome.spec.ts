import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readOutcome } from './outcome.js';

const good = {
  failure: null,
  name: 's',
  params: {},
  finalEquity: 1000.5,
  log: [[1, 'hello', 3, 5e14, 7, 9]],
  logCut: false,
};
const read = (value: unknown): ReturnType<typeof readOutcome> => readOutcome(Buffer.from(JSON.stringify(value)));

describe('reading an outcome, which may be anything', () => {
  test('a good one passes as it is', () => {
    expect(read(good)).toEqual(good);
  });

  test('numbers that JSON lacks come as text', () => {
    expect(read({ ...good, finalEquity: 'NaN' })?.finalEquity).toBeNaN();
  });

  test.each([
    ['no JSON', Buffer.from('{')],
    ['not an object', Buffer.from('[1]')],
    ['null', Buffer.from('null')],
    ['no log', Buffer.from(JSON.stringify({ ...good, log: 5 }))],
    ['an unknown failure', Buffer.from(JSON.stringify({ ...good, failure: { code: 'crashed' } }))],
    ['parameters of no kind', Buffer.from(JSON.stringify({ ...good, params: { a: { type: 'int', default: 'x' } } }))],
  ])('%s is none', (_what, bytes) => {
    expect(readOutcome(bytes)).toBeNull();
  });

  test('whatever comes, reading does not throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (log, failure) => {
        read({ ...good, log, failure });
      }),
    );
  });

  test('a log beyond 10,000 lines or a million characters is cut, and says so', () => {
    const lines = (count: number, text: string): unknown => ({
      ...good,
      log: Array.from({ length: count }, () => [1, text, 0, 0, 1, 1]),
    });
    const many = read(lines(10_001, 'x'));
    const long = read(lines(200, 'x'.repeat(10_000)));
    expect([many?.log.length, many?.logCut]).toEqual([10_000, true]);
    expect([long?.log.reduce((sum, [, text]) => sum + text.length, 0), long?.logCut]).toEqual([
      expect.any(Number),
      true,
    ]);
    expect(long?.log.reduce((sum, [, text]) => sum + text.length, 0)).toBeLessThanOrEqual(1_000_000);
  });
});
