import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Compiler } from './compiler.js';

const compiler = new Compiler();
beforeAll(() => compiler.warm());
afterAll(() => compiler.close());

const engine = `import { defineStrategy, int, sma } from '@quarry/engine';\n`;
const strategy = `export default defineStrategy({ name: 's', next() {} });\n`;

async function diagnose(code: string, files: Record<string, string> = {}): Promise<string[]> {
  const { diagnostics } = await compiler.compile({ entry: 'main.ts', files: { 'main.ts': code, ...files } });
  return diagnostics.map(({ file, line, column, code: kind }) => `${file}:${line}:${column} ${kind}`);
}

describe('compiling a strategy', () => {
  test('type errors are told with file, line and column, also in files that the entry imports', async () => {
    const code = `${engine}import { n } from './lib/numbers.js';\nexport default defineStrategy({ name: 's', init: ({ bars }) => sma(bars.close, 'ten', n), next() {} });\n`;
    expect(await diagnose(code, { 'lib/numbers.ts': 'export const n: number = "one";\n' })).toEqual(
      ['main.ts:3:80 TS2345', 'lib/numbers.ts:1:14 TS2322'].map(
        (text) => expect.stringMatching(new RegExp(text.replace(/:80 TS2345/, ':\\d+ TS\\d+'))) as unknown as string,
      ),
    );
  });

  test('a syntax error has its place', async () => {
    expect(await diagnose('export default {\n  name: "x",,\n};\n')).toEqual(['main.ts:2:13 TS1136']);
  });

  test('parameters have the types that they were declared with', async () => {
    const code = `${engine}export default defineStrategy({ name: 's', params: { n: int(5, { min: 1, max: 9 }) }, next({ params }) { const s: string = params.n; void s; } });\n`;
    expect(await diagnose(code)).toEqual([expect.stringMatching(/^main\.ts:2:\d+ TS2322$/)]);
  });

  test('a right strategy compiles to one script, with a source map over its own files', async () => {
    const { diagnostics, script } = await compiler.compile({
      entry: 'main.ts',
      files: {
        'main.ts': `${engine}import { n } from './n.js';\n${strategy}void n; void sma; void int;`,
        'n.ts': 'export const n = 1;\n',
      },
    });
    expect(diagnostics).toEqual([]);
    expect(script?.code).not.toMatch(/\b(import|require|export)\b\s*[({'"]/);
    expect(JSON.parse(script?.map ?? '{}')).toMatchObject({
      version: 3,
      sources: expect.arrayContaining(['strategy:main.ts']),
    });
  });

  test.each([
    ['a module of Node', `import fs from 'fs';\nvoid fs;\n`, '2:16'],
    ['a module of Node by its scheme', `import 'node:net';\n`, '2:8'],
    ['another package', `import _ from 'lodash';\nvoid _;\n`, '2:15'],
    ['an absolute path', `import x from '/etc/passwd';\nvoid x;\n`, '2:15'],
    ['a path that leads out', `import x from '../../x';\nvoid x;\n`, '2:15'],
    ['a file that is not there', `import x from './nowhere.js';\nvoid x;\n`, '2:15'],
    ["the engine's host side", `import { replay } from '@quarry/engine/host';\nvoid replay;\n`, '2:24'],
    ['a module on the way', `export * from 'os';\n`, '2:15'],
    ['types of a module', `type Stats = import('fs').Stats;\nexport const s = {} as Stats;\n`, '2:21'],
    ['a module when it runs', `void import('fs');\n`, '2:6'],
    ['a module chosen when it runs', `const name = 'fs';\nvoid import(name);\n`, '3:6'],
    ['require', `const fs = require('fs');\nvoid fs;\n`, '2:20'],
    ['import equals', `import fs = require('fs');\nvoid fs;\n`, '2:21'],
  ])('imports no more than the engine and its own files: %s', async (_what, code, place) => {
    const { diagnostics, script } = await compiler.compile({
      entry: 'main.ts',
      files: { 'main.ts': `import { defineStrategy } from '@quarry/engine';\n${code}${strategy}` },
    });
    expect(script).toBeNull();
    expect(diagnostics.map(({ line, column, code: kind }) => `${line}:${column} ${kind}`)).toContain(
      `${place} import-refused`,
    );
    expect(diagnostics.find(({ code: kind }) => kind === 'import-refused')?.message).toMatch(
      /@quarry\/engine" and its own files/,
    );
  });

  test('what a host would have is not there, and the sentence says what is', async () => {
    const { diagnostics } = await compiler.compile({
      entry: 'main.ts',
      files: { 'main.ts': `${engine}${strategy}console.log(process.env, sma, int);` },
    });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'There is no "process" in a strategy: it has the language (ES2023), console, and what it imports from "@quarry/engine".',
    ]);
  });
});

describe("SAFETY bar 13, what concerns the compiler's process", () => {
  const deep = (open: string, close: string, depth: number): string => open.repeat(depth) + '1' + close.repeat(depth);

  test.each([
    [
      'a type that unfolds without end',
      `type Deep<T, N extends unknown[] = []> = N['length'] extends 900 ? T : Deep<[T, T], [...N, 1]>;\nexport const x: Deep<Deep<Deep<1>>> = 1;\n`,
    ],
    [
      'unions multiplied',
      `type D = 0|1|2|3|4|5|6|7|8|9;\ntype N = \`\${D}\${D}\${D}\${D}\${D}\${D}\`;\nexport const x: N = 'a';\n`,
    ],
    ['nesting of a hundred thousand', `export const x = ${deep('(', ')', 100_000)};\n`],
    ['arrays in arrays', `export const x = ${deep('[', ']', 50_000)};\n`],
    ['one expression of many terms', `export const x = ${'1+'.repeat(200_000)}1;\n`],
    ['a reference to a file of the host', `/// <reference path="/etc/passwd" />\nexport const x: string = 1;\n`],
    [
      'a source map on the host',
      `export default 1;\n//# sourceMappingURL=file:///etc/passwd\nexport const y: string = 2;`,
    ],
  ])(
    '%s ends within its limits, in words',
    async (_what, code) => {
      const started = performance.now();
      const { diagnostics, script } = await compiler.compile({ entry: 'main.ts', files: { 'main.ts': `${code}` } });
      expect(script).toBeNull();
      expect(performance.now() - started).toBeLessThan(30_000); // Ten seconds of processor time, on a machine that is busy with more.
      expect(diagnostics[0]).toMatchObject({ severity: 'error', line: expect.any(Number), column: expect.any(Number) });
      expect(JSON.stringify(diagnostics)).not.toMatch(/root:|daemon/);
    },
    40_000,
  );

  test('ten megabytes are refused before they are read', async () => {
    const files = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`f${i}.ts`, ' '.repeat(1_000_000)]));
    const { diagnostics } = await compiler.compile({ entry: 'f0.ts', files });
    expect(diagnostics[0]?.message).toContain('more than 5000000 characters');
  });

  test('an honest strategy compiles afterwards', async () => {
    expect(await diagnose(`import { defineStrategy } from '@quarry/engine';\n${strategy}`)).toEqual([]);
  });
});
