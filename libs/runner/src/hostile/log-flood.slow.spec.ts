import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BacktestOptions } from '@quarry/contracts';
import { Arena, type Bout } from './arena.js';
import { inInit } from './strategy-source.js';
import { ownMemoryMb } from './watch-children.js';

const maxLines = 10_000;
const maxCharacters = 1_000_000;

let arena: Arena;
beforeAll(async () => {
  arena = await Arena.open({ wallMs: 20_000, memoryMb: 256, resultBytes: 8_000_000 });
  // What a process takes once, with its first run, is no flood's.
  await arena.fight(inInit(`console.log('first');`));
}, 60_000);
afterAll(() => arena.close());

function sizeOf({ log }: Bout): { lines: number; characters: number } {
  return { lines: log.length, characters: log.reduce((sum, { text }) => sum + text.length, 0) };
}

describe('SAFETY bar 9: a log that is flooded', () => {
  test.each([
    ['a million lines', `for (let i = 0; i < 1e6; i++) console.log('line', i);`],
    ['a million long lines', `const x = 'x'.repeat(9000); for (let i = 0; i < 1e6; i++) console.log(x);`],
    ['one line of 200 MB', `console.log('x'.repeat(2e8));`],
    ['one line of 200 MB, in pieces', `console.log(...Array.from({ length: 2000 }, () => 'x'.repeat(1e5)));`],
  ])(
    'by %s is cut, says so, and costs the worker nothing',
    async (_what, code) => {
      const before = ownMemoryMb();
      const bout = await arena.fight(inInit(code));
      const { lines, characters } = sizeOf(bout);
      expect(bout.report.failure).toBeNull();
      expect(lines).toBeGreaterThan(0);
      expect(lines).toBeLessThanOrEqual(maxLines);
      expect(characters).toBeLessThanOrEqual(maxCharacters);
      expect([bout.report.logCut, bout.report.warnings]).toEqual([
        true,
        expect.arrayContaining([expect.stringContaining('The log was cut')]),
      ]);
      expect(ownMemoryMb() - before).toBeLessThan(64);
    },
    40_000,
  );

  test('with control characters and markup is text, in the report and on its page', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'quarry-log-'));
    try {
      const nasty = `\\u001b[2J\\u001b]0;owned\\u0007<img src=x onerror=alert(1)><script>alert(2)</script>"'&`;
      const outcome = await arena.runner.backtest({
        source: inInit(`console.log("${nasty.replaceAll('"', '\\"')}");`),
        strategyName: '<b>h</b>',
        dataset: arena.dataset,
        options: BacktestOptions.parse({}),
      });
      await outcome.writeArtifacts(directory);
      const page = await readFile(join(directory, 'report.html'), 'utf8');
      expect(outcome.report.log[0]?.text).toContain('<script>alert(2)</script>');
      expect(page).toContain('&lt;script&gt;alert(2)&lt;/script&gt;');
      expect(page).not.toMatch(/<img src=x|<script>alert|<b>h<\/b>/);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }, 30_000);
});
