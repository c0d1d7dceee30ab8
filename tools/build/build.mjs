// Builds what is stale, and only that: `npm run build [-- cli|server|code]`.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { whileLocked } from './lock.mjs';
import { colours, step } from './progress.mjs';
import { root } from './root.mjs';
import { CommandFailed, runNode } from './run.mjs';
import { stampOf } from './stamps.mjs';

/** TypeScript projects by name, with the projects they are compiled against. */
const projects = {
  engine: { path: 'libs/engine', uses: [] },
  notebook: { path: 'libs/notebook', uses: [] },
  contracts: { path: 'libs/contracts', uses: ['engine'] },
  runner: { path: 'libs/runner', uses: ['engine', 'notebook', 'contracts'] },
  platform: { path: 'libs/platform', uses: ['engine', 'contracts'] },
  api: { path: 'api', uses: ['engine', 'notebook', 'contracts', 'platform'] },
  workers: { path: 'workers', uses: ['engine', 'notebook', 'contracts', 'platform', 'runner'] },
  cli: { path: 'cli', uses: ['engine', 'notebook', 'contracts', 'runner'] },
};

/** What each use of the checkout needs built. */
const targets = {
  all: { projects: Object.keys(projects), studio: true },
  code: { projects: Object.keys(projects), studio: false },
  server: { projects: ['api', 'workers'], studio: true },
  worker: { projects: ['workers'], studio: false },
  cli: { projects: ['cli'], studio: false },
};

const tools = ['tools/build', 'package-lock.json'];
const sourcesOf = (name) => [`${projects[name].path}/src`, `${projects[name].path}/tsconfig.lib.json`];

function projectPart(name) {
  return {
    name,
    inputs: [...tools, 'tsconfig.base.json', ...[name, ...projects[name].uses].flatMap(sourcesOf)],
    outputs: [`${projects[name].path}/dist/.tsbuildinfo`],
  };
}

const engine = {
  name: 'engine-doors',
  inputs: [...tools, 'libs/engine/src', 'libs/engine/build.mjs'],
  outputs: ['libs/engine/dist/host.js'],
};

const guest = {
  name: 'guest',
  inputs: [...tools, 'libs/engine/src', 'libs/contracts/src', 'libs/runner/src', 'libs/runner/build.mjs'],
  outputs: ['guest.js', 'child.cjs', 'parts.sha256']
    .map((file) => `libs/runner/dist/${file}`)
    .concat('libs/engine/dist/engine.d.ts'),
};

const studio = {
  name: 'studio',
  inputs: [...tools, 'studio', 'libs/engine/src', 'libs/contracts/src', 'libs/notebook/src'],
  outputs: ['studio/dist/browser/index.html'],
};

/**
 * Brings a target up to date. Says nothing where nothing is stale.
 * @throws CommandFailed with the compiler's words
 */
export async function build(target, stream = process.stderr) {
  const wanted = targets[target];
  if (!isAnyStale(wanted)) return;
  await whileLocked(async () => {
    await compile(wanted.projects, stream);
    await make(engine, 'The engine', stream, () => runNode(['libs/engine/build.mjs']));
    await make(guest, 'The sandbox and its engine', stream, () => runNode(['libs/runner/build.mjs']));
    if (!wanted.studio) return;
    await make(studio, 'The studio', stream, async () => {
      await runNode(['engine-types.mjs'], { cwd: join(root, 'studio') });
      const ng = join(root, 'node_modules', '@angular', 'cli', 'bin', 'ng.js');
      await runNode([ng, 'build', '--progress=false'], {
        cwd: join(root, 'studio'),
        env: { NG_CLI_ANALYTICS: 'false' },
      });
    });
  });
}

function isAnyStale(wanted) {
  const parts = [...wanted.projects.map(projectPart), engine, guest, ...(wanted.studio ? [studio] : [])];
  return parts.some((part) => stampOf(part).isStale);
}

async function compile(names, stream) {
  const all = Object.keys(projects).filter((name) =>
    names.some((one) => one === name || projects[one].uses.includes(name)),
  );
  const stamps = all.map((name) => ({ name, ...stampOf(projectPart(name)) }));
  const stale = stamps.filter(({ isStale }) => isStale);
  if (stale.length === 0) return;
  const configs = stale.map(({ name }) => `${projects[name].path}/tsconfig.lib.json`);
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  await step(`Compiling ${stale.map(({ name }) => name).join(', ')}`, () => runNode([tsc, '-b', ...configs]), stream);
  for (const { note } of stale) note();
}

async function make(part, title, stream, work) {
  const { isStale, note } = stampOf(part);
  if (!isStale) return;
  await step(title, work, stream);
  note();
}

async function main() {
  const target = process.argv[2] ?? 'all';
  if (!(target in targets)) {
    console.error(`"${target}" is nothing to build. Choose one of ${Object.keys(targets).join(', ')}.`);
    process.exit(2);
  }
  if (process.argv.includes('--force')) rmSync(join(root, '.tmp', 'stamps'), { recursive: true, force: true });
  try {
    await build(target);
    process.stderr.write(`  ${colours(process.stderr).green('✓')} Built: ${target}\n`);
  } catch (error) {
    explainFailure(error);
    process.exit(1);
  }
}

/** Prints a failed build for a person; anything else is a bug and is thrown on. */
export function explainFailure(error) {
  if (!(error instanceof CommandFailed)) throw error;
  process.stderr.write(`\n${error.output}\n\n${colours(process.stderr).red('The build failed')}: ${error.message}.\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
