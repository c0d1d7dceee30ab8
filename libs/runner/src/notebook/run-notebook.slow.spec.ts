import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NotebookReport } from '@quarry/contracts';
import { createRunner } from '../create-runner.js';
import type { Runner } from '../runner.js';

describe('a notebook in the sandbox', () => {
  let directory: string;
  let runner: Runner;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quarry-notebook-'));
    const limits = { wallMs: 2_000, memoryMb: 128, resultBytes: 8_000_000 };
    runner = await createRunner({ directory, limits, wallMin: 'none', spares: 0 });
  }, 30_000);

  afterAll(async () => {
    await runner.close();
    await rm(directory, { recursive: true, force: true });
  });

  const states = ({ cells }: NotebookReport) => cells.map(({ state, value }) => [state, value]);

  test('cells run after those they need, and tell what they give and write', async () => {
    const report = await runner.notebook(
      'a.ts',
      `// %% [markdown]\n// # Title\n// %%\nconsole.log('twice', base);\ndouble(base)\n// %%\nconst base = 21;\nconst double = (x: number) => 2 * x;\n`,
    );
    expect({ ...NotebookReport.parse(report), environment: null }).toEqual({
      schema: 'quarry.notebook/1',
      cells: [
        { index: 0, kind: 'markdown', title: '', line: 2, state: 'text', text: '# Title', value: null, log: [] },
        {
          index: 1,
          kind: 'code',
          title: '',
          line: 4,
          state: 'ran',
          text: `console.log('twice', base);\ndouble(base)`,
          value: '42',
          log: [{ level: 'log', text: 'twice 21', bar: -1, time: null, file: 'a.ts', line: 4 }],
        },
        {
          index: 2,
          kind: 'code',
          title: '',
          line: 7,
          state: 'ran',
          text: 'const base = 21;\nconst double = (x: number) => 2 * x;\n',
          value: null,
          log: [],
        },
      ],
      order: [2, 1],
      failure: null,
      logCut: false,
      environment: null,
    });
  });

  test('the first error ends the run, at its place in the notebook', async () => {
    const report = await runner.notebook(
      'a.ts',
      '// %%\n1\n// %%\nconst none: number[] = [];\n  none[0]!.toFixed(2)\n// %%\n3\n',
    );
    expect([states(report), report.failure?.code, report.failure?.position]).toEqual([
      [
        ['ran', '1'],
        ['failed', null],
        ['not-run', null],
      ],
      'threw',
      { file: 'a.ts', line: 5, column: 12 },
    ]);
  });

  test('a type error is a diagnostic at its place in the notebook, and nothing runs', async () => {
    const report = await runner.notebook('a.ts', '// %%\nconsole.log(later.length)\n// %%\nconst later = 1;\n');
    const [diagnostic] = report.failure?.diagnostics ?? [];
    expect([states(report).flat(), diagnostic?.file, diagnostic?.line, diagnostic?.column]).toEqual([
      ['not-run', null, 'not-run', null],
      'a.ts',
      2,
      19,
    ]);
  });

  test('a query is refused with a sentence', async () => {
    const { failure } = await runner.notebook('a.ts', '// %% [sql] rows\n// select 1\n');
    expect(failure?.message).toBe('SQL cells do not run yet. Take this cell out, or read the data in a strategy.');
  });

  test('cells that need each other in a circle are refused', async () => {
    const { failure } = await runner.notebook('a.ts', '// %%\nconst a = b;\n// %%\nconst b = a;\n');
    expect(failure?.message).toBe(
      'Of cells 1 and 2 each needs the other. Move what they share into a cell of its own.',
    );
  });

  test('an endless cell is stopped at the limit', async () => {
    const { failure, cells } = await runner.notebook('a.ts', '// %%\n1\n// %%\nfor (;;) {}\n');
    expect([failure?.code, cells[1]?.state]).toEqual(['timed-out', 'failed']);
  }, 20_000);

  test('importing what a strategy may not have is refused', async () => {
    const { failure } = await runner.notebook(
      'a.ts',
      "// %%\nimport { readFileSync } from 'fs';\nreadFileSync('/etc/passwd')\n",
    );
    expect([failure?.code, failure?.position?.line]).toEqual(['does-not-compile', 2]);
  });

  test('a notebook may export a strategy', async () => {
    const report = await runner.notebook(
      'a.ts',
      "// %%\nimport { defineStrategy } from '@quarry/engine';\nexport default defineStrategy({ name: 'x', params: {}, init: () => ({}), next() {} });\n// %%\n2\n",
    );
    expect(states(report)).toEqual([
      ['ran', null],
      ['ran', '2'],
    ]);
  });
});
