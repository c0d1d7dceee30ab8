// `npm run check`: what must hold before a change is handed in, in under two minutes. Ends at the first failure.
// `--without specs` leaves out a step by its name, where it has just run.
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { build, explainFailure } from '../build/build.mjs';
import { colours, seconds } from '../build/progress.mjs';
import { root } from '../build/root.mjs';
import { runJest } from './jest.mjs';

const out = process.stderr;
const paint = colours(out);
const running = new Set();

/** The longest first, the others beside it. */
const steps = [
  { name: 'specs', what: 'the fast ones', run: specs },
  { name: 'lint', what: 'eslint', run: () => bin('eslint/bin/eslint.js', '.') },
  { name: 'format', what: 'prettier', run: format },
  { name: 'types', what: 'tsc, specs included', run: () => bin('typescript/bin/tsc', '-b') },
  { name: 'law', what: 'who may import whom', run: () => npmScript('law') },
  { name: 'unused', what: 'knip', run: () => bin('knip/bin/knip.js', '--no-config-hints') },
];

const { values } = parseArgs({ options: { without: { type: 'string' } } });
if (values.without !== undefined && !steps.some(({ name }) => name === values.without)) {
  out.write(`There is no step "${values.without}": ${steps.map(({ name }) => name).join(', ')}.\n`);
  process.exit(2);
}

try {
  await build('code');
} catch (error) {
  explainFailure(error);
  process.exit(1);
}

// Two at a time: most of a step is one thread.
const startedAt = Date.now();
const chosen = steps.filter(({ name }) => name !== values.without);
const waiting = [...chosen];
const done = [];
await Promise.all([lane(), lane()]);
out.write(`\n  ${paint.green('All holds')} ${paint.dim(seconds(Date.now() - startedAt))}\n`);

async function lane() {
  for (let step = waiting.shift(); step; step = waiting.shift()) {
    const since = Date.now();
    const { isFine, output } = await step.run();
    done.push(step.name);
    const row = `${step.name.padEnd(8)} ${paint.dim(step.what.padEnd(22))} ${seconds(Date.now() - since).padStart(8)}\n`;
    out.write(`  ${isFine ? paint.green('✓') : paint.red('✗')} ${row}`);
    if (!isFine) end(step, output);
  }
}

function end(step, output) {
  for (const child of running) child.kill('SIGTERM');
  const others = chosen.filter(({ name }) => !done.includes(name)).map(({ name }) => name);
  out.write(`\n${output.trim()}\n\n  ${paint.red(`"${step.name}" fails.`)}`);
  out.write(others.length > 0 ? ` Not tried to the end: ${others.join(', ')}.\n` : '\n');
  process.exit(1);
}

function bin(path, ...args) {
  return command(process.execPath, [join(root, 'node_modules', path), ...args]);
}

/** The command behind a script of package.json, so that both run the same. */
async function npmScript(name) {
  const { default: manifest } = await import('../../package.json', { with: { type: 'json' } });
  return command(manifest.scripts[name], [], true);
}

/** A file that was found well formatted is read again when its content has changed. */
function format() {
  const cache = ['--cache', '--cache-strategy', 'content', '--cache-location', join(root, '.tmp', 'prettier.json')];
  return bin('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', ...cache, '.');
}

async function specs() {
  let output = '';
  const { failed, passed } = await runJest(
    ['--selectProjects', 'fast', '--maxWorkers=1', '--silent'],
    (chunk) => (output += chunk),
  );
  return { isFine: failed === 0 && passed > 0, output };
}

function command(program, args, shell = false) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      shell,
      env: {
        ...process.env,
        PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`,
        NO_COLOR: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ isFine: false, output: error.message }));
    child.on('close', (code) => {
      running.delete(child);
      resolve({ isFine: code === 0, output });
    });
  });
}
