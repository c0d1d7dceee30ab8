import { describe, expect, test } from '@jest/globals';
import { formatLine } from './format.js';

const line = (...values: unknown[]): string => formatLine(values, 10_000);

describe('a line of the log', () => {
  test.each([
    [['text', 1, -0, NaN, true, null, undefined], 'text 1 -0 NaN true null undefined'],
    [[{ a: 1, b: 'x', c: [1, 2, { d: 3 }] }], '{ a: 1, b: "x", c: [1, 2, { d: 3 }] }'],
    [[new Map([['k', 1]]), new Set([1, 'b'])], 'Map {"k" => 1} Set {1, "b"}'],
    [[Float64Array.of(1.5, NaN)], '[1.5, NaN]'],
    [[new Date(0), new Date(NaN)], '1970-01-01T00:00:00.000Z Invalid Date'],
    [[new RangeError('no')], 'RangeError: no'],
    [[Symbol('s'), 12n, (): number => 1], 'Symbol(s) 12n [function ]'],
    [[[[[[1]]]]], '[[[[…]]]]'],
    [[Array.from({ length: 102 }, () => 1)], `[${'1, '.repeat(100)}… 2 more]`],
  ])('%j reads %s', (values, text) => {
    expect(line(...values)).toBe(text);
  });

  test('ends one character beyond its room, so that who cuts it knows', () => {
    expect(formatLine(['x'.repeat(100), 'y'], 10)).toBe('x'.repeat(11));
  });

  test('a cycle ends by depth', () => {
    const a: Record<string, unknown> = {};
    a['a'] = a;
    expect(line(a)).toBe('{ a: { a: { a: {…} } } }');
  });
});
