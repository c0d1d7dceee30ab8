// `npm test`: builds what the tests need, then runs every suite: fast ones first. `npm test -- <path> …` runs some.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { build, explainFailure } from '../build/build.mjs';
import { colours } from '../build/progress.mjs';
import { root } from '../build/root.mjs';
import { nothing, runJest, sum } from './jest.mjs';

const paint = colours(process.stderr);
const some = process.argv.slice(2);

try {
  await build('all');
} catch (error) {
  explainFailure(error);
  process.exit(1);
}

const missing = [
  { program: 'redis-server', what: 'The queue was not tried on Redis' },
  { program: 'chromium', what: 'The studio was not tried in a browser' },
].filter(({ program }) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status !== 0);

const suites = [
  ['--selectProjects', 'fast', '--maxWorkers=2'],
  ['--selectProjects', 'slow', '--maxWorkers=2'],
  ['--selectProjects', 'alone', '--maxWorkers=1'],
];
let counts = nothing;
for (const suite of suites) {
  const alone = some.length > 0 ? [...some, '--passWithNoTests'] : [];
  // These start hundreds of processes of the same programs: Node keeps what it compiled of them.
  if (suite.includes('slow')) process.env.NODE_COMPILE_CACHE = join(root, '.tmp', 'compiled');
  else delete process.env.NODE_COMPILE_CACHE;
  counts = sum(counts, await runJest([...suite, ...alone, ...(process.env.CI ? ['--ci'] : [])]));
}

process.stderr.write('\n');
for (const { program, what } of missing) {
  process.stderr.write(`${paint.yellow('!')} ${what}: there is no ${program} on the PATH.\n`);
}
mkdirSync(join(root, '.tmp'), { recursive: true });
writeFileSync(join(root, '.tmp', 'test-counts.json'), JSON.stringify(counts));
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
