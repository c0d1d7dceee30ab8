import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { OutcomeLog, readOutcome } from './outcome.js';

const good = {
  failure: null,
  name: 's',
  params: {},
  finalEquity: 1000.5,
};
const read = (value: unknown): ReturnType<typeof readOutcome> => readOutcome(Buffer.from(JSON.stringify(value)));

describe('reading an outcome, which may be anything', () => {
  test('a good one passes as it is', () => {
    expect(read(good)).toEqual({ ...good, ran: '' });
  });

  test('what of the code ran is text, or nothing', () => {
    expect([read({ ...good, ran: '0110' })?.ran, read({ ...good, ran: [1, 0] })?.ran]).toEqual(['0110', '']);
  });

  test('numbers that JSON lacks come as text', () => {
    expect(read({ ...good, finalEquity: 'NaN' })?.finalEquity).toBeNaN();
  });

  test.each([
    ['no JSON', Buffer.from('{')],
    ['not an object', Buffer.from('[1]')],
    ['null', Buffer.from('null')],
    ['an unknown failure', Buffer.from(JSON.stringify({ ...good, failure: { code: 'crashed' } }))],
    ['parameters of no kind', Buffer.from(JSON.stringify({ ...good, params: { a: { type: 'int', default: 'x' } } }))],
  ])('%s is none', (_what, bytes) => {
    expect(readOutcome(bytes)).toBeNull();
  });

  test('whatever comes, reading does not throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (params, failure) => {
        read({ ...good, params, failure });
      }),
    );
  });
});

describe('reading a log, which may be anything', () => {
  const piece = (log: unknown, logCut = false): Buffer => Buffer.from(JSON.stringify({ log, logCut }));
  const line = [1, 'hello', 3, 5e14, 7, 9];

  test('a good piece passes as it is', () => {
    const log = new OutcomeLog();
    expect([log.read(piece([line])), log.cut]).toEqual([[line], false]);
  });

  test('whatever comes, reading does not throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (log) => {
        new OutcomeLog().read(piece(log));
      }),
    );
  });

  test.each([
    ['no JSON', Buffer.from('{')],
    ['no list', piece(5)],
    ['lines that are none', piece([5])],
    ['its own word that lines were left out', piece([line], true)],
  ])('%s is a log that was cut', (_what, bytes) => {
    const log = new OutcomeLog();
    log.read(bytes);
    expect(log.cut).toBe(true);
  });

  test('a log beyond 10,000 lines or a million characters is cut, in one piece or in many, and says so', () => {
    const lines = (count: number, text: string): Buffer =>
      piece(Array.from({ length: count }, () => [1, text, 0, 0, 1, 1]));
    const many = new OutcomeLog();
    const kept = [many.read(lines(9_000, 'x')), many.read(lines(1_001, 'x'))].map(({ length }) => length);
    expect([kept, many.cut]).toEqual([[9_000, 1_000], true]);

    const long = new OutcomeLog();
    const texts = [long.read(lines(60, 'x'.repeat(10_000))), long.read(lines(60, 'x'.repeat(10_000)))].flat();
    expect(texts.reduce((sum, [, text]) => sum + text.length, 0)).toBeLessThanOrEqual(1_000_000);
    expect(long.cut).toBe(true);
  });
});
