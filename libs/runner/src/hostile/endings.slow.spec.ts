import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { Arena } from './arena.js';
import { honest } from './class-of-bouts.js';
import { inInit, strategySource } from './strategy-source.js';
import { guestPids } from './watch-children.js';

let arena: Arena;
beforeAll(async () => {
  arena = await Arena.open({ wallMs: 20_000, memoryMb: 256, resultBytes: 8_000_000 }, { spares: 0 });
}, 60_000);
afterAll(() => arena.close());

/** The child that runs a strategy, once it has been at it for longer than a child takes to stand ready. */
async function runningGuest(not = 0): Promise<number> {
  for (;;) {
    const [pid] = guestPids().filter((found) => found !== not && busy(found));
    if (pid) return pid;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** In hundredths of a second. */
const ticksBusy = 80;

function busy(pid: number): boolean {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]) > ticksBusy;
  } catch {
    return false;
  }
}

describe('SAFETY bar 10: a run that is cancelled', () => {
  test.each([
    ['in a loop', inInit('for (;;);')],
    ['in a native operation', inInit('Array.prototype.includes.call({ length: 2 ** 53 - 1 }, 1);')],
  ])(
    '%s ends with the reason given, and its child is gone',
    async (_where, source) => {
      const abort = new AbortController();
      const reason = new Error('changed my mind');
      const fight = arena.fight(source, {}, abort.signal).catch((error: unknown) => error);
      await runningGuest();
      const asked = performance.now();
      abort.abort(reason);
      abort.abort(new Error('and again'));

      expect(await fight).toBe(reason);
      expect(performance.now() - asked).toBeLessThan(2000);
      expect(guestPids()).toEqual([]);
    },
    30_000,
  );

  test('before it has begun never starts', async () => {
    const reason = new Error('too late');
    await expect(arena.fight(honest, {}, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(guestPids()).toEqual([]);
  });
});

test('a run that does not compile leaves no child that was made ready for it', async () => {
  const { report } = await arena.fight(strategySource('export default {'));
  expect(report.failure?.code).toBe('does-not-compile');
  while (guestPids().length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
}, 30_000);

test('runs that begin at the same moment each take the child that was made ready for them', async () => {
  const seen = new Set<number>();
  const watch = setInterval(() => guestPids().forEach((pid) => seen.add(pid)), 2);
  await Promise.all([arena.fight(honest, { to: '2010-06-01' }), arena.fight(honest, { to: '2010-07-01' })]);
  clearInterval(watch);
  expect(seen.size).toBe(2);
}, 30_000);

describe('SAFETY bar 14: a child that dies by itself', () => {
  test('is tried once more, and then the run has crashed', async () => {
    const fight = arena.fight(inInit('for (;;);'));
    const first = await runningGuest();
    process.kill(first, 'SIGSEGV');
    const second = await runningGuest(first);
    process.kill(second, 'SIGABRT');

    const { report } = await fight;
    expect(report.failure?.code).toBe('crashed');
    expect(report.failure?.message).toContain('SIGABRT');
    expect(guestPids()).toEqual([]);
  }, 30_000);

  test('once only does no harm to the result', async () => {
    const slow = strategySource(
      honest.files['main.ts']!.replace('init: ({ bars }) => (', 'init: ({ bars }) => ({ ...work(), ...').replace(
        '}),\n  next',
        '} }),\n  next',
      ) + 'function work() { let x = 0; for (let i = 0; i < 2e9; i++) x += i; return { x }; }\n',
    );
    const fight = arena.fight(slow);
    process.kill(await runningGuest(), 'SIGSEGV');
    const alone = await arena.fight(honest);
    const { report } = await fight;

    expect(report.failure).toBeNull();
    expect(report.orderListHash).toBe(alone.report.orderListHash);
  }, 60_000);

  test('an honest run afterwards has no trouble', async () => {
    expect((await arena.fight(honest)).report.failure).toBeNull();
  });
});
