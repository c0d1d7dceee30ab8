import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Shell } from './testing/run-quarry.js';
import { files, strategies } from './testing/strategies.js';

let folder: string;
let shell: Shell;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarry-interrupt-'));
  shell = new Shell(folder, join(folder, 'home'));
  await writeFile(join(folder, 'endless.ts'), strategies.endless);
  await writeFile(join(folder, 'good.csv'), files['good.csv']);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** All processes below one, by the system's own table. */
async function descendants(pid: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (parent > 0) parents.set(Number(entry), parent);
  }
  const found: number[] = [];
  for (const queue = [pid]; queue.length > 0;) {
    const at = queue.pop();
    const below = [...parents].filter(([, parent]) => parent === at).map(([child]) => child);
    found.push(...below);
    queue.push(...below);
  }
  return found;
}

/** The processes of a run whose guest uses the processor: the strategy is in its loop. */
async function busyDescendants(child: ChildProcess): Promise<number[]> {
  for (;;) {
    const all = await descendants(child.pid!);
    const ticks = await Promise.all(
      all.map(async (pid) => ticksOf(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''))),
    );
    if (ticks.some((used) => used > 150)) return all;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Processor time in hundredths of a second. */
function ticksOf(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends the run with 130, its processes with it, and writes nothing',
  async (signal) => {
    const child = shell.start('backtest', 'endless.ts', '--data', 'good.csv', '--out', 'report');
    const ended = shell.end(child);
    const below = await busyDescendants(child);
    child.kill(signal);
    const { code, stdout, stderr } = await ended;
    const left = await leftAfter(5_000, below);
    expect({ code, stdout, stderr, left, below: below.length > 0, written: await readdir(folder) }).toEqual({
      code: 130,
      stdout: '',
      stderr: 'Interrupted.\n',
      left: [],
      below: true,
      written: expect.not.arrayContaining(['report']),
    });
  },
  60_000,
);

/** Which of the processes still run after so many milliseconds at most. One that only waits to be reaped runs no more. */
async function leftAfter(milliseconds: number, pids: readonly number[]): Promise<number[]> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    const states = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
    const left = pids.filter((_, i) => /\) [^ZX]/.test(states[i] ?? ''));
    if (left.length === 0 || performance.now() > deadline) return left;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
