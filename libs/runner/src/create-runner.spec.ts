import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BacktestOptions, Report } from '@quarry/contracts';
import { Arena } from './hostile/arena.js';
import { honest } from './hostile/class-of-bouts.js';
import { inInit, strategySource } from './hostile/strategy-source.js';

let arena: Arena;
beforeAll(async () => {
  arena = await Arena.open({ wallMs: 2000, memoryMb: 256, resultBytes: 8_000_000 });
}, 60_000);
afterAll(() => arena.close());

const engine = `import { defineStrategy, float, int } from '@quarry/engine';\n`;

describe('a backtest', () => {
  test('twice over gives the same orders, the same metrics and the same manifest', async () => {
    const [first, second] = [await arena.fight(honest), await arena.fight(honest)];
    const told = ({ report }: typeof first): unknown => [
      report.failure,
      report.orderListHash,
      report.manifestHash,
      report.metrics,
      report.trades,
    ];
    expect(told(second)).toEqual(told(first));
    expect(first.report.tradeCount).toBeGreaterThan(3);
    expect(Report.parse(JSON.parse(JSON.stringify(first.report)))).toEqual(first.report);
  });

  test('writes its files, the report among them', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'quarry-artifacts-'));
    try {
      const options = BacktestOptions.parse({});
      const outcome = await arena.runner.backtest({
        source: honest,
        strategyName: 'h',
        dataset: arena.dataset,
        options,
      });
      const files = await outcome.writeArtifacts(directory);
      expect(files.map(({ name }) => name).sort()).toEqual((await readdir(directory)).sort());
      expect(JSON.parse(await readFile(join(directory, 'report.json'), 'utf8'))).toEqual(outcome.report);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

describe('a strategy that fails', () => {
  test('by throwing is told with its code, file and line', async () => {
    const code = `${engine}export default defineStrategy({\n  name: 's',\n  next({ index }) {\n    if (index === 7) throw new RangeError('seven');\n  },\n});\n`;
    const { failure } = (await arena.fight(strategySource(code))).report;
    expect(failure).toMatchObject({
      code: 'threw',
      message: 'RangeError: seven',
      position: { file: 'main.ts', line: 5 },
    });
  });

  test('by a syntax error does not compile, with its line and column', async () => {
    const { failure } = (await arena.fight(strategySource('export default {\n  name: "x",,\n};\n'))).report;
    expect(failure).toMatchObject({ code: 'does-not-compile', position: { file: 'main.ts', line: 2, column: 13 } });
  });

  test('by importing fs does not compile, and is told what may be imported', async () => {
    const { failure } = (await arena.fight(strategySource(`import fs from 'fs';\nexport default fs;\n`))).report;
    expect(failure).toMatchObject({ code: 'does-not-compile', position: { file: 'main.ts', line: 1, column: 16 } });
    expect(failure?.message).toContain('it may import "@quarry/engine" and its own files');
  });

  test('by a type error does not compile', async () => {
    const code = `${engine}export default defineStrategy({ name: 5, next() {} });\n`;
    expect((await arena.fight(strategySource(code))).report.failure).toMatchObject({ code: 'does-not-compile' });
  });

  test('SAFETY bar 1: by never ending is timed out within a second of its limit, and keeps its log', async () => {
    const { report, ms } = await arena.fight(inInit(`console.log('so far'); for (;;);`));
    expect(report.failure).toMatchObject({
      code: 'timed-out',
      message: 'The strategy ran longer than its limit of 2 s.',
    });
    expect(report.log.map(({ text }) => text)).toEqual(['so far']);
    expect(ms).toBeLessThan(5500);
  });

  test('by parameters out of range is told which', async () => {
    const code = `${engine}export default defineStrategy({ name: 's', params: { n: int(5, { min: 1, max: 9 }) }, next() {} });\n`;
    const { failure } = (await arena.fight(strategySource(code), { params: { n: 12, m: 1 } })).report;
    expect(failure?.code).toBe('bad-parameters');
    expect(failure?.message).toContain('"n" is 12');
    expect(failure?.message).toContain('no parameter "m"');
  });
});

describe('a check', () => {
  test('tells the name and the parameters that a strategy declares', async () => {
    const code = `${engine}export default defineStrategy({ name: 'Mine', params: { n: int(5, { min: 1, max: 9 }), x: float(0.5, { min: 0, max: 1 }) }, next() {} });\n`;
    expect(await arena.runner.check(strategySource(code))).toMatchObject({
      name: 'Mine',
      params: { n: { type: 'int', default: 5, min: 1, max: 9 }, x: { type: 'float', default: 0.5 } },
      diagnostics: [],
      failure: null,
    });
  });

  test('tells what does not compile', async () => {
    const { failure, diagnostics } = await arena.runner.check(strategySource('export default 1 +;\n'));
    expect([failure?.code, diagnostics[0]?.line]).toEqual(['does-not-compile', 1]);
  });
});

test('the log tells level, text, bar, time, file and line', async () => {
  const code = `${engine}export default defineStrategy({\n  name: 's',\n  next({ index }) {\n    if (index === 2) console.warn('two', new Date().toISOString());\n  },\n});\n`;
  const { log } = await arena.fight(strategySource(code));
  expect(log).toEqual([
    {
      level: 'warn',
      text: 'two 2010-01-04T00:00:00.000Z',
      bar: 2,
      time: Date.UTC(2010, 0, 3) * 1000,
      file: 'main.ts',
      line: 5,
    },
  ]);
});
