import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
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

  beforeAll(() => {
    const main = join(here, '..', 'cli', 'dist', 'main.js');
    const args = ['--no-node-snapshot', main, 'test', here, '--reporter', 'json'];
    const env = { ...process.env, QUARRY_HOME: home };
    const { stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8', cwd: join(here, '..') });
    if (stdout === '') throw new Error(stderr);
    report = SuiteReport.parse(JSON.parse(stdout));
  }, 300_000);

  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test.each(names)('%s: its suite holds, the recorded run to the last bit', (name) => {
    const own = report.tests.filter(({ suite }) => suite.startsWith(`strategies/${name}/`));
    expect(own.length).toBeGreaterThan(1);
    expect(own.flatMap(({ test: title, faults }) => faults.map((fault) => `${title}: ${fault}`))).toEqual([]);
  });
});
