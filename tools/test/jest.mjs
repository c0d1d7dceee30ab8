import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { root } from '../build/root.mjs';

/** Counts of a run: tests that passed, failed (a suite that does not load counts as one) and were skipped. */
export const nothing = { passed: 0, failed: 0, skipped: 0 };

export function sum(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** Runs jest with its output on this terminal (or handed to `onOutput`), and answers the counts. */
export async function runJest(args, onOutput) {
  const folder = join(root, '.tmp');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `jest-${process.pid}-${Date.now()}.json`);
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const flags = ['--experimental-vm-modules', '--no-node-snapshot', '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, jest, '--json', `--outputFile=${file}`, ...args], {
    cwd: root,
    env: { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`, TZ: 'UTC' },
    stdio: ['ignore', 'ignore', onOutput ? 'pipe' : 'inherit'],
  });
  child.stderr?.on('data', onOutput);
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return readCounts(file, code);
}

function readCounts(file, code) {
  let result;
  try {
    result = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { ...nothing, failed: 1 };
  } finally {
    rmSync(file, { force: true });
  }
  const broken = result.numRuntimeErrorTestSuites;
  const failed = result.numFailedTests + broken;
  return {
    passed: result.numPassedTests,
    // Jest may fail for a reason of its own, such as coverage or an open handle: never green then.
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}
