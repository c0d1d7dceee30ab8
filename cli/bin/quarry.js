#!/usr/bin/env node
// The `quarry` command from any folder and under any Node from 18 on: goes on under the Node that the project pins,
// brings what it needs up to date where this is a checkout, and hands over to the built program.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const self = fileURLToPath(import.meta.url);
const [needMajor, needMinor] = [24, 15];
/** Isolates need a process that was not started from Node's own snapshot. */
const flag = '--no-node-snapshot';
const ourFault = 4;

function isNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > needMajor || (major === needMajor && minor >= needMinor);
}

/** The Node that npm installed beside the project, found as a package would be. */
function pinnedNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const program = join('bin', process.platform === 'win32' ? 'node.exe' : 'node');
  for (let folder = dirname(self); ; folder = dirname(folder)) {
    const node = join(folder, 'node_modules', `node-${system}-${process.arch}`, program);
    if (existsSync(node)) return node;
    if (folder === dirname(folder)) return null;
  }
}

/** Runs this file again under the right Node, and ends as that one ends. */
function goOnUnder(node) {
  const child = spawn(node, [flag, self, ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to the child too; anybody else's signal came to us alone.
  const forward = (signal) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
  child.on('error', (error) => {
    process.stderr.write(`${node} does not start: ${error.message}\n`);
    process.exit(ourFault);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

async function run() {
  const root = join(dirname(self), '..', '..');
  const builder = join(root, 'tools', 'build', 'build.mjs');
  if (existsSync(builder)) {
    const { build, explainFailure } = await import(pathToFileURL(builder).href);
    try {
      await build('cli');
    } catch (error) {
      explainFailure(error);
      process.exit(ourFault);
    }
  }
  await import('../dist/main.js');
}

if (isNewEnough() && process.execArgv.includes(flag)) {
  await run();
} else {
  const node = isNewEnough() ? process.execPath : pinnedNode();
  if (node === null) {
    process.stderr.write(
      `Quarry needs Node ${needMajor}.${needMinor} or newer; this is ${process.versions.node}, and the one that npm installs with Quarry is missing. Run "npm ci" again without --omit=optional, or install a newer Node.\n`,
    );
    process.exit(ourFault);
  }
  goOnUnder(node);
}
