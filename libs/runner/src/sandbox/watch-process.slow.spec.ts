import { expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { execPath } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { watchProcess } from './watch-process.js';

const grows = `const all = []; for (;;) all.push(Buffer.alloc(2 ** 20, 1));`;
const computes = `for (;;);`;
const growsLater = `setTimeout(() => Buffer.alloc(300 * 2 ** 20, 1), 100)`;
const ends = `setTimeout(() => undefined, 100)`;

function start(program: string): ChildProcess {
  return spawn(execPath, ['-e', program], { stdio: 'ignore' });
}

/** What the kernel calls the process' state; empty where there is none. */
function stateOf(pid = 0): string {
  try {
    return /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? '';
  } catch {
    return '';
  }
}

function cpuMsOf(pid = 0): number {
  const line = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

test('a process that takes too much is killed while the event loop of its owner stands still', async () => {
  await warm();
  const child = start(grows);
  const exit = once(child, 'exit');
  const watch = watchProcess(child.pid, { residentMb: 200 });
  const since = performance.now();
  while (stateOf(child.pid) !== 'Z' && performance.now() - since < 10_000);
  expect(performance.now() - since).toBeLessThan(10_000);

  expect(await exit).toEqual([null, 'SIGKILL']);
  expect(watch.reason).toBe('out-of-memory');
  watch.stop();
}, 20_000);

test('a process that computes for too long is killed, with that reason', async () => {
  const child = start(computes);
  const watch = watchProcess(child.pid, { residentMb: 1000, cpuMs: 300 });
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  expect(watch.reason).toBe('timed-out');
  watch.stop();
}, 20_000);

test('what it computed before it was watched does not count', async () => {
  const child = start(computes);
  const before = watchProcess(child.pid, { residentMb: 1000, cpuMs: 60_000 });
  while (cpuMsOf(child.pid) < 500) await pause(20);
  before.stop();
  const since = performance.now();
  const watch = watchProcess(child.pid, { residentMb: 1000, cpuMs: 400 });
  await once(child, 'exit');
  expect(performance.now() - since).toBeGreaterThan(350);
  expect(watch.reason).toBe('timed-out');
  watch.stop();
}, 20_000);

test('a process that keeps within its limits is left alone, and no reason is told', async () => {
  const child = start(ends);
  const watch = watchProcess(child.pid, { residentMb: 1000, cpuMs: 10_000 });
  expect([await once(child, 'exit'), watch.reason]).toEqual([[0, null], null]);
  watch.stop();
});

test('a process that is watched no more may take what it likes', async () => {
  await warm();
  const child = start(growsLater);
  // More than it takes when it starts: whoever looks before the stop finds nothing to kill.
  watchProcess(child.pid, { residentMb: 200 }).stop();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('many processes are watched at once, each by its own limits', async () => {
  const children = Array.from({ length: 12 }, (_, index) => start(index % 3 === 0 ? grows : ends));
  const exits = Promise.all(children.map((child) => once(child, 'exit')));
  const watches = children.map((child) => watchProcess(child.pid, { residentMb: 150 }));
  await exits;
  expect(watches.map((watch) => watch.reason)).toEqual(
    children.map((_, index) => (index % 3 === 0 ? 'out-of-memory' : null)),
  );
  for (const watch of watches) watch.stop();
}, 30_000);

/** Has the watching thread started. */
async function warm(): Promise<void> {
  const child = start(computes);
  const exit = once(child, 'exit');
  watchProcess(child.pid, { residentMb: 1 });
  await exit;
}
