// Makes the engine's four doors after `tsc -b`, which writes its types alone:
//   dist/{index,core,host,testing}.js   each in few files, since a process that loads three hundred waits for them
// The same sources give the same bytes wherever they lie.
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

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

/** Written beside and moved into place, so that nobody reads half a file; what a door needs, before the door. */
async function put({ path, contents }) {
  await mkdir(dirname(path), { recursive: true });
  const known = await readFile(path).catch(() => null);
  if (known?.equals(contents)) return;
  await writeFile(`${path}.${process.pid}`, contents);
  await rename(`${path}.${process.pid}`, path);
}

const isChunk = ({ path }) => !relative(chunks, path).startsWith('..');
await Promise.all(outputFiles.filter(isChunk).map(put));
await Promise.all(outputFiles.filter((file) => !isChunk(file)).map(put));

const made = new Set(outputFiles.map(({ path }) => basename(path)));
const old = (await readdir(chunks).catch(() => [])).filter((name) => !made.has(name));
await Promise.all(old.map((name) => rm(join(chunks, name), { force: true })));
