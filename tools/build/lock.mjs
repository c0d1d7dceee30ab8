import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from './root.mjs';

const lock = join(root, '.tmp', 'build.lock');

/** One build at a time in a checkout: another one's end is waited for, unless it has died. */
export async function whileLocked(work) {
  mkdirSync(join(root, '.tmp'), { recursive: true });
  while (!take()) {
    if (isAbandoned()) rmSync(lock, { force: true });
    else await wait(100);
  }
  const release = () => rmSync(lock, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    release();
    process.off('exit', release);
  }
}

function take() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isAbandoned() {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    // Another process may just have made the file and not yet written its id.
    if (!pid) return Date.now() - statSync(lock).mtimeMs > 2000;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
