import { describe, expect, test } from '@jest/globals';
import { SearchOptions, type ParamSpecs } from '@quarry/contracts';
import { spaceOf } from './space-of.js';

const number = { default: 5, min: 2, max: 50, description: '' };
const specs: ParamSpecs = {
  fast: { type: 'int', step: 1, ...number },
  risk: { type: 'float', step: null, ...number },
  free: {
    type: 'int',
    step: 1,
    default: 7,
    min: Number.MIN_SAFE_INTEGER,
    max: Number.MAX_SAFE_INTEGER,
    description: '',
  },
  on: { type: 'bool', default: true, description: '' },
};
const searched = (search: Partial<SearchOptions>, given = {}) => spaceOf(specs, SearchOptions.parse(search), given);

describe('a search', () => {
  test('goes through every parameter with bounds where none is named; the others stay as declared', () => {
    const { space, fixed } = searched({});
    expect(space.dimensions.map(({ name }) => name)).toEqual(['fast', 'risk', 'on']);
    expect(fixed).toEqual({ free: 7 });
  });

  test('goes through what is named alone; what is given stays', () => {
    const ranges = { fast: { kind: 'range', min: 5, max: 20, step: 5, scale: 'linear' } } as const;
    const { space, fixed } = searched({ ranges }, { risk: 3 });
    expect(space.dimensions).toEqual([{ name: 'fast', kind: 'int', min: 5, max: 20, step: 5, scale: 'linear' }]);
    expect(fixed).toEqual({ risk: 3, free: 7, on: true });
  });

  test('takes an axis after the one that its condition names', () => {
    const conditions = { fast: { name: 'on', isOneOf: [true] } };
    expect(searched({ conditions }).space.dimensions.map(({ name }) => name)).toEqual(['risk', 'on', 'fast']);
  });

  test('takes conditions that hang on each other one after the other', () => {
    const conditions = { on: { name: 'risk', isOneOf: [5] }, fast: { name: 'on', isOneOf: [true] } };
    expect(searched({ conditions }).space.dimensions.map(({ name }) => name)).toEqual(['risk', 'on', 'fast']);
  });

  test.each([
    [{ conditions: { fast: { name: 'mood', isOneOf: [1] } } }, '"fast" hangs on "mood", which is no parameter'],
    [
      { conditions: { fast: { name: 'free', isOneOf: [1] } } },
      '"free" is not searched. Search it too, with --param free',
    ],
    [
      { conditions: { fast: { name: 'risk', isOneOf: [77] } } },
      'hangs on a value that cannot be. Parameter "risk" is 77',
    ],
    [
      { conditions: { fast: { name: 'on', isOneOf: [true] }, on: { name: 'fast', isOneOf: [5] } } },
      'The conditions of fast and on hang on each other.',
    ],
    [{ ranges: { slow: { kind: 'declared' } } }, 'There is no parameter "slow"'],
    [
      { ranges: { free: { kind: 'declared' } } },
      '"free" declares no bounds. Write its range like --param free=5:50:5.',
    ],
    [
      { ranges: { fast: { kind: 'range', min: 1, max: 9, step: null, scale: 'linear' } } },
      'the strategy declares 2 to 50',
    ],
    [{ ranges: { fast: { kind: 'range', min: 9, max: 5, step: null, scale: 'linear' } } }, 'from 9 to 5. Swap them.'],
    [{ ranges: { fast: { kind: 'range', min: 2.5, max: 5, step: null, scale: 'linear' } } }, 'whole ends and steps'],
    [{ ranges: { on: { kind: 'range', min: 2, max: 5, step: null, scale: 'linear' } } }, '--param on=true|false'],
    [{ ranges: { fast: { kind: 'values', values: [5, 500] } } }, 'Parameter "fast" is 500'],
  ])('refuses %j', (search, why) => {
    expect(() => searched(search as Partial<SearchOptions>)).toThrow(why);
  });

  test('of a strategy without parameters is refused', () => {
    expect(() => spaceOf({}, SearchOptions.parse({}), {})).toThrow('declares no parameters');
  });
});
