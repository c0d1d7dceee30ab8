// `npm run bars -- 24` runs the tests of a bar of safety in full: those that name its number, at the size that it asks for.
//   npm run bars -- 4 15       of several
//   npm run chaos              of 24, ten minutes in which everything breaks; QUARRY_SEED=1 throws other dice
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { build, explainFailure } from '../build/build.mjs';
import { root } from '../build/root.mjs';
import { runJest } from '../test/jest.mjs';

/** In full, some are programs of their own. */
const programs = { 4: 'libs/runner/dist/prove/corpus/run-corpus.js' };

const numbers = process.argv.slice(2);
const wrong = numbers.find((number) => !/^[1-9]\d?$/.test(number));
if (numbers.length === 0 || wrong !== undefined) {
  const what = wrong === undefined ? 'No bar is named.' : `"${wrong}" is no bar: they are numbered.`;
  process.stderr.write(`${what} Name one or more, as in: npm run bars -- 24\n`);
  process.exit(2);
}

const named = numbers.map((number) => ({
  number,
  title: `bars? (\\d+[, and]+)*${number}\\b`,
  program: programs[number],
}));
const specs = globSync('{api,cli,libs,studio,tools,workers}/**/*.spec.ts', {
  cwd: root,
  exclude: (name) => ['node_modules', 'dist'].includes(name),
});
const files = (title) => specs.filter((file) => new RegExp(title).test(readFileSync(join(root, file), 'utf8')));
const unknown = named.find(({ title, program }) => program === undefined && files(title).length === 0);
if (unknown) {
  process.stderr.write(`No test names bar ${unknown.number}.\n`);
  process.exit(2);
}

try {
  await build('all');
} catch (error) {
  explainFailure(error);
  process.exit(1);
}
process.env.QUARRY_BARS = 'full';
for (const { title, program } of named) {
  if (program !== undefined) {
    const { status } = spawnSync(process.execPath, ['--no-node-snapshot', join(root, program)], { stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
    continue;
  }
  const { failed, passed } = await runJest(['--runInBand', '--testNamePattern', title, ...files(title)]);
  if (failed > 0 || passed === 0) process.exitCode = 1;
}
