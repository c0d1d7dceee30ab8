// `npm run bars -- 24` runs the tests of a bar of safety in full: those that name its number, at the size that it asks for.
//   npm run bars -- 4 15       of several
//   npm run chaos              of 24, ten minutes in which everything breaks; QUARRY_SEED=1 throws other dice
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { build, explainFailure } from '../build/build.mjs';
import { root } from '../build/root.mjs';
import { runJest } from '../test/jest.mjs';

const numbers = process.argv.slice(2);
const wrong = numbers.find((number) => !/^[1-9]\d?$/.test(number));
if (numbers.length === 0 || wrong !== undefined) {
  const what = wrong === undefined ? 'No bar is named.' : `"${wrong}" is no bar: they are numbered.`;
  process.stderr.write(`${what} Name one or more, as in: npm run bars -- 24\n`);
  process.exit(2);
}

const named = numbers.map((number) => ({ number, title: `bars? (\\d+[, and]+)*${number}\\b` }));
// In the engine's own titles, bars are those of a market.
const specs = globSync('{api,cli,libs,studio,tools,workers}/**/*.spec.ts', {
  cwd: root,
  exclude: (name) => ['node_modules', 'dist', 'engine'].includes(name),
});
const files = (title) => specs.filter((file) => new RegExp(title).test(readFileSync(join(root, file), 'utf8')));
const unknown = named.find(({ title }) => files(title).length === 0);
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
for (const { title } of named) {
  const { failed, passed } = await runJest(['--runInBand', '--testNamePattern', title, ...files(title)]);
  if (failed > 0 || passed === 0) process.exitCode = 1;
}
