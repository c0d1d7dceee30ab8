import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRunner } from '../create-runner.js';
import { Arena } from './arena.js';
import { honest } from './class-of-bouts.js';
import { inInit } from './strategy-source.js';
import { guestPids } from './watch-children.js';

const limits = { wallMs: 2000, memoryMb: 256, resultBytes: 8_000_000 };

describe.each([
  ['permission', /^permission model only: /],
  ['none', /^none: /],
] as const)('where no wall but "%s" can be had', (wallMax, words) => {
  let arena: Arena;
  beforeAll(async () => {
    arena = await Arena.open(limits, { spares: 0, wallMax });
  }, 60_000);
  afterAll(() => arena.close());

  test('that is what is told', () => {
    expect([arena.runner.wall, arena.runner.wallDetail]).toEqual([wallMax, expect.stringMatching(words)]);
  });

  test('an honest run has the result that it has behind the full wall', async () => {
    const walled = await Arena.open(limits, { spares: 0 });
    try {
      const [{ report }, { report: expected }] = [await arena.fight(honest), await walled.fight(honest)];
      expect(report.failure).toBeNull();
      expect(report.orderListHash).toBe(expected.orderListHash);
    } finally {
      await walled.close();
    }
  }, 30_000);

  test.each([
    ['hangs in a native operation', 'Array.prototype.includes.call({ length: 2 ** 53 - 1 }, 1);', 'timed-out'],
    [
      'takes all memory',
      'const all = []; for (;;) all.push(`${all.length}`.repeat(1e5).toUpperCase());',
      'out-of-memory',
    ],
  ])(
    'a strategy that %s is stopped all the same, and its child is gone',
    async (_what, code, ending) => {
      const { report, peakMb } = await arena.fight(inInit(code));
      expect([report.failure?.code, guestPids()]).toEqual([ending, []]);
      expect(peakMb).toBeLessThan(limits.memoryMb + 100);
    },
    30_000,
  );

  test('who asks for the full wall is refused, in words', async () => {
    const directory = join(tmpdir(), 'quarry-no-wall');
    await expect(createRunner({ directory, limits, wallMin: 'full', wallMax })).rejects.toThrow(
      `must be at least "full", but here it is "${wallMax}": `,
    );
  });
});
