import { expect, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { delimiter } from 'node:path';
import { env, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../../cli/bin/quarry.js', import.meta.url));
const strategy = fileURLToPath(new URL('../../strategies/buy-and-hold', import.meta.url));

/** The Node that this machine has beside the pinned one, if any. */
function otherNode(): string {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const found = spawnSync('node', ['-p', 'process.execPath'], {
    env: { PATH: folders.join(delimiter) },
    encoding: 'utf8',
  });
  return found.status === 0 ? found.stdout.trim() : execPath;
}

function hasChild(pid: number | undefined): boolean {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'ppid='], { encoding: 'utf8' });
  return stdout.split('\n').some((ppid) => Number(ppid) === pid);
}

function quarry(...args: string[]) {
  return spawnSync(otherNode(), [launcher, ...args], { cwd: tmpdir(), encoding: 'utf8', input: '' });
}

test('the command works from any folder under the Node at hand, data on stdout and words on stderr', () => {
  const { status, stdout } = quarry('backtest', strategy, '--data', 'sp500', '--json');
  expect([status, Object.keys(JSON.parse(stdout) as object)]).toEqual([0, expect.arrayContaining(['orderListHash'])]);
}, 240_000);

test('exit codes pass through: wrong usage is 2', () => {
  const { status, stdout, stderr } = quarry('backtest', strategy, '--dat', 'sp500');
  expect([status, stdout, stderr]).toEqual([2, '', expect.stringContaining('--dat')]);
}, 240_000);

test('a signal to the command ends what it started, as interrupted', async () => {
  const child = spawn(otherNode(), [launcher, 'backtest', strategy, '--data', 'minutes', '--json'], {
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const closed = once(child.stdout, 'close');
  while (!hasChild(child.pid)) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGINT');
  // Before the program listens, the signal itself ends it; after, the program answers with its code. The pipe closes
  // when the last process that holds it has ended.
  expect([
    [130, null],
    [null, 'SIGINT'],
  ]).toContainEqual(await exit);
  await closed;
}, 240_000);
