// Makes the engine's four doors after `tsc -b`, which writes its types alone:
//   dist/{index,core,host,testing}.js   each in few files, since a process that loads three hundred waits for them
// The same sources give the same bytes wherever they lie.
import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { put } from '../../tools/build/put.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
const chunks = join(dist, 'chunks');

const { outputFiles } = await build({
  absWorkingDir: here,
  entryPoints: ['index', 'core', 'host', 'testing'].map((door) => `src/${door}.ts`),
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2023',
  charset: 'utf8',
  sourcemap: true,
  outdir: dist,
  chunkNames: 'chunks/[hash]',
  write: false,
  logLevel: 'error',
  tsconfigRaw: {},
});

// What a door needs comes before the door.
const isChunk = ({ path }) => !relative(chunks, path).startsWith('..');
const putAll = (files) => Promise.all(files.map(({ path, contents }) => put(path, contents)));
await putAll(outputFiles.filter(isChunk));
await putAll(outputFiles.filter((file) => !isChunk(file)));

const made = new Set(outputFiles.map(({ path }) => basename(path)));
const old = (await readdir(chunks).catch(() => [])).filter((name) => !made.has(name));
await Promise.all(old.map((name) => rm(join(chunks, name), { force: true })));
