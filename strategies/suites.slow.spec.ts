import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SuiteReport } from '@quarry/contracts';

const here = import.meta.dirname;
const names = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe('quarry test over the example strategies', () => {
  const home = mkdtempSync(join(tmpdir(), 'quarry-suites-'));
  let report: SuiteReport;

  function quarryTest(...args: readonly string[]) {
    const main = join(here, '..', 'cli', 'dist', 'main.js');
    const env = { ...process.env, QUARRY_HOME: home };
    const command = ['--no-node-snapshot', main, 'test', ...args];
    return spawnSync(process.execPath, command, { env, encoding: 'utf8', cwd: join(here, '..') });
  }

  beforeAll(() => {
    const { stdout, stderr } = quarryTest(here, '--reporter', 'json');
    if (stdout === '') throw new Error(stderr);
    report = SuiteReport.parse(JSON.parse(stdout));
  }, 300_000);

  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test.each(names)('%s: its suite holds, the recorded run to the last bit', (name) => {
    const own = report.tests.filter(({ suite }) => suite.startsWith(`strategies/${name}/`));
    expect(own.length).toBeGreaterThan(0);
    expect(own.flatMap(({ test: title, faults }) => faults.map((fault) => `${title}: ${fault}`))).toEqual([]);
  });

  test('an example that was changed fails, and is told the first trade that differs', () => {
    const changed = join(home, 'changed');
    cpSync(join(here, 'sma-cross'), changed, { recursive: true });
    const file = join(changed, 'strategy.ts');
    writeFileSync(file, readFileSync(file, 'utf8').replace('fast: int(10,', 'fast: int(11,'));
    const { status, stdout } = quarryTest(changed, '--filter', 'recorded');
    const words = /^✗ .*what was recorded[\s\S]* trade 1:\s+- .* SPX from .*\s+\+ .* SPX from /;
    expect([status, stdout]).toEqual([5, expect.stringMatching(words)]);
  }, 120_000);
});
