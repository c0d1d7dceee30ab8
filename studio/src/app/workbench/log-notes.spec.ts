import { expect, test } from '@jest/globals';
import type { LogLine } from '@quarry/contracts';
import { logNotes } from './log-notes';

const line = (text: string, place: Partial<LogLine> = {}): LogLine => ({
  level: 'log',
  text,
  bar: 0,
  time: null,
  file: 'strategy.ts',
  line: 7,
  ...place,
});

test('a line that logged often shows what it said last and how often', () => {
  expect(logNotes([line('first'), line('second'), line('third')])).toEqual([
    { file: 'strategy.ts', line: 7, text: 'third  ×3', level: 'quiet' },
  ]);
});

test('a log line without a place has no note', () => {
  expect(logNotes([line('from nowhere', { file: null, line: null })])).toEqual([]);
});

test('a long or broken text becomes one short line', () => {
  const [note] = logNotes([line(`a\n  b ${'x'.repeat(200)}`)]);
  expect(note?.text).toBe(`a b ${'x'.repeat(85)}…`);
});
