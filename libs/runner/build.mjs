// Makes what runs outside the runner's own process, after `tsc -b`:
//   libs/engine/dist/engine.d.ts   the engine's types in one file: what Monaco shows and strategies are checked against
//   dist/guest.js                  the engine's core and the guest's entry in one script for the isolate
//   dist/library.js                the other indicators and the patterns, for strategies that name one of them;
//                                  the SHA-256 of both scripts is the engine hash
//   dist/parts.sha256              names the host's code that the results of a part of a run hang on
//   dist/engine-exports.json       the names that a strategy may import from @quarry/engine, those of the core apart
//   dist/child.cjs                 the child process' only program
//   dist/isolated-vm.node          the isolate library prebuilt for this machine, to be loaded by path
// The same sources give the same bytes wherever they lie.
import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { copyFile, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { put } from '../../tools/build/put.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const engine = join(here, '..', 'engine');
const dist = join(here, 'dist');

const engineFromSource = {
  name: 'engine-from-source',
  setup({ onResolve }) {
    onResolve({ filter: /^@quarry\/engine(\/(core|host))?$/ }, ({ path }) => ({
      path: join(engine, 'src', `${path.split('/')[2] ?? 'index'}.ts`),
    }));
  },
};

const shared = {
  absWorkingDir: here,
  bundle: true,
  write: false,
  metafile: true,
  target: 'es2023',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'error',
  tsconfigRaw: {},
};

async function guest() {
  const { outputFiles } = await build({
    ...shared,
    entryPoints: ['src/guest/entry.ts'],
    platform: 'neutral',
    format: 'iife',
    globalName: 'guest',
    minify: true,
    plugins: [engineFromSource],
  });
  // The script's value is the guest's door; nothing of it becomes a global that a strategy could find.
  await put(join(dist, 'guest.js'), `(function(){"use strict";${outputFiles[0].text.trim()}return guest.door})()\n`);
}

async function library() {
  const { libraryCore } = await import('../engine/dist/host.js');
  const { outputFiles } = await build({
    ...shared,
    entryPoints: [join(engine, 'src', 'library.ts')],
    platform: 'neutral',
    format: 'iife',
    globalName: 'library',
    minify: true,
    plugins: [
      {
        name: 'shared-with-core',
        setup({ onResolve, onLoad }) {
          const filter = /\/(series|bar-series|new-column|remembered)\.js$/;
          onResolve({ filter }, () => ({ path: 'core', namespace: 'core' }));
          onLoad({ filter: /.*/, namespace: 'core' }, () => ({
            contents: `export const {${Object.keys(libraryCore).join(',')}}=core;`,
          }));
        },
      },
    ],
  });
  await put(join(dist, 'library.js'), `(function(core){"use strict";${outputFiles[0].text.trim()}return library})\n`);
}

async function exportsOf(file) {
  const { metafile } = await build({
    ...shared,
    entryPoints: [join(engine, 'src', file)],
    platform: 'neutral',
    format: 'esm',
    outdir: dist,
  });
  return Object.values(metafile.outputs)[0].exports.toSorted();
}

async function engineExports() {
  const [all, core] = await Promise.all([exportsOf('index.ts'), exportsOf('core.ts')]);
  const library = all.filter((name) => !core.includes(name));
  await put(join(dist, 'engine-exports.json'), `${JSON.stringify({ core, library })}\n`);
}

async function child() {
  const { outputFiles } = await build({
    ...shared,
    entryPoints: ['src/sandbox/child.ts'],
    platform: 'node',
    format: 'cjs',
    minifyWhitespace: true,
  });
  await put(join(dist, 'child.cjs'), outputFiles[0].text);
}

const contractsFromSource = {
  name: 'contracts-from-source',
  setup({ onResolve }) {
    onResolve({ filter: /^@quarry\/contracts$/ }, () => ({ path: join(here, '..', 'contracts', 'src', 'index.ts') }));
  },
};

/** Searches, simulations and proofs that are run in parts, and the thread that replays their trials, with all they bring. */
async function partsCode() {
  const inParts = globSync('src/*/*-in-parts.ts', { cwd: here }).toSorted();
  const { outputFiles } = await build({
    ...shared,
    entryPoints: [...inParts, 'src/replay/replay-thread.ts'],
    outdir: dist,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    minify: true,
    plugins: [engineFromSource, contractsFromSource],
  });
  const code = createHash('sha256');
  for (const { text } of outputFiles) code.update(text);
  await put(join(dist, 'parts.sha256'), code.digest('hex'));
}

/** What a strategy has beside the language and the engine. */
const guestGlobals = `
declare global {
  /** The run's log: each call is a line, with the bar and the place that wrote it. */
  interface Console {
    debug(...values: unknown[]): void;
    log(...values: unknown[]): void;
    info(...values: unknown[]): void;
    warn(...values: unknown[]): void;
    error(...values: unknown[]): void;
    /** Writes an error line where the condition does not hold. */
    assert(condition: unknown, ...values: unknown[]): void;
  }
  var console: Console;
}
`;

async function engineTypes() {
  const bundle = await rollup({ input: join(engine, 'dist', 'index.d.ts'), plugins: [dts()] });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  await put(join(engine, 'dist', 'engine.d.ts'), output[0].code + guestGlobals);
}

async function isolateLibrary() {
  const { isolatedVmFile } = await import('./dist/sandbox/isolated-vm-file.js');
  const target = join(dist, 'isolated-vm.node');
  await copyFile(isolatedVmFile(), `${target}.${process.pid}`);
  await rename(`${target}.${process.pid}`, target);
}

await mkdir(dist, { recursive: true });
await Promise.all([guest(), library(), engineExports(), child(), partsCode(), engineTypes(), isolateLibrary()]);
