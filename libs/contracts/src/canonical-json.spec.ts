import { describe, expect, test } from '@jest/globals';
import { canonicalJson } from './canonical-json.js';

describe('canonical JSON (RFC 8785)', () => {
  test('sorts keys by UTF-16 code units at every depth and leaves out white space', () => {
    const value = { '\u20ac': 'Euro', '\r': 'CR', 1: [{ b: 2, a: 1 }], '\ud83d\ude00': 'smile', '\ufb33': 'dalet' };
    expect(canonicalJson(value)).toBe(
      '{"\\r":"CR","1":[{"a":1,"b":2}],"\u20ac":"Euro","\ud83d\ude00":"smile","\ufb33":"dalet"}',
    );
  });

  test('writes numbers as the standard does, with -0 as 0', () => {
    expect(canonicalJson([333333333.33333329, 1e30, 4.5, 2e-3, 1e-27, -0])).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
    );
  });

  test('leaves out members that are undefined', () => {
    expect(canonicalJson({ a: undefined, b: null })).toBe('{"b":null}');
  });

  test('refuses what JSON cannot hold', () => {
    expect(() => canonicalJson({ a: Number.NaN })).toThrow('NaN has no place in canonical JSON.');
  });
});
