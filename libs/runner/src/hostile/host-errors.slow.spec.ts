import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cp, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BacktestOptions } from '@quarry/contracts';
import { Arena } from './arena.js';
import { inInit, strategySource } from './strategy-source.js';

let arena: Arena;
let folder: string;
beforeAll(async () => {
  arena = await Arena.open({ wallMs: 10_000, memoryMb: 256, resultBytes: 8_000_000 });
  folder = await mkdtemp(join(tmpdir(), 'quarry-host-errors-'));
}, 60_000);
afterAll(async () => {
  await arena.close();
  await rm(folder, { recursive: true, force: true });
});

/** What would show the host: absolute paths, places in its own code, SQL. */
const ofTheHost =
  /(?:^|[\s"'(=])\/[\w.-]+\/|file:\/\/|node:|\.[cm]?js\b|isolated-vm|\b(?:SELECT|COPY|INSERT|FROM read_)\b/;

/** Calls everything callable of `target` with arguments it cannot take; writes what was thrown into the log. */
const callAll = (target: string): string => `
  const bad = [[], [null], [undefined, undefined], [Symbol('s'), 1], [{}, NaN], [-1, -1], ['x', 'y', 'z'], [[], -0.5], [() => { throw 1; }]];
  const told = new Set();
  let thrown = 0;
  for (const name of Object.keys(${target})) {
    if (typeof ${target}[name] !== 'function') continue;
    for (const args of bad) {
      try { ${target}[name](...args); }
      catch (error) { thrown++; told.add(name + ': ' + (error?.stack ?? String(error))); }
    }
  }
  console.log(thrown);
  for (const text of told) console.log(text);`;

describe('SAFETY bar 7: what a strategy is told when the host refuses it', () => {
  test.each([
    ['the engine', inInit(callAll('q')), 100],
    [
      'its context',
      strategySource(
        `// @ts-nocheck\nimport { defineStrategy } from '@quarry/engine';\nlet done = false;\nexport default defineStrategy({ name: 'h', next(t) { if (done) return; done = true; ${callAll('t')} } });\n`,
      ),
      8,
    ],
  ])(
    'by %s speaks of the call, and shows no path, no code of the host and no SQL',
    async (_of, source, least) => {
      const { report, log } = await arena.fight(source);
      expect(report.failure).toBeNull();
      expect(Number(log[0]?.text)).toBeGreaterThan(least);
      expect(log.slice(1).filter(({ text }) => ofTheHost.test(text))).toEqual([]);
      const places = log
        .slice(1)
        .flatMap(({ text }) => [...text.matchAll(/^ {4}at .*\((.*?):\d+:\d+\)$/gm)].map(([, place]) => place));
      expect(['quarry:engine', 'quarry:library', 'quarry:strategy']).toEqual(expect.arrayContaining(places));
      expect(places).toContain('quarry:strategy');
    },
    30_000,
  );

  test.each([
    ['is gone', (file: string) => rm(file)],
    ['was cut', (file: string) => truncate(file, 200)],
    ['is something else', (file: string) => writeFile(file, 'not Parquet at all')],
  ])(
    'because a file of its data %s names dataset and file, and no folder',
    async (what, harm) => {
      const directory = join(folder, what.replaceAll(' ', '-'));
      await cp(arena.dataset.directory, directory, { recursive: true });
      const { info } = arena.dataset;
      for (const { file } of info.series) await harm(join(directory, file));
      // Under another hash, or the columns would come from the cache.
      const series = info.series.map((one) => ({
        ...one,
        hash: one.hash.replace(/^..../, what.length.toString(16).padStart(4, '0')),
      }));
      const { report } = await arena.runner.backtest({
        source: inInit(''),
        strategyName: 'h',
        dataset: { directory, info: { ...info, series } },
        options: BacktestOptions.parse({}),
      });
      expect(report.failure).toMatchObject({ code: 'data-refused', message: expect.stringContaining(info.name) });
      expect(JSON.stringify(report)).not.toContain(folder);
      expect(report.failure?.message).not.toMatch(ofTheHost);
    },
    30_000,
  );
});
