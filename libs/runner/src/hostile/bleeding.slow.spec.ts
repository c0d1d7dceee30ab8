import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Arena } from './arena.js';
import { honest } from './class-of-bouts.js';
import { inInit } from './strategy-source.js';
import { guestPids, ownMemoryMb } from './watch-children.js';

/** The full form has 500. */
const runs = 60;
/** What a process takes once is taken in the first of them. */
const warmUps = 20;
const settleMs = 5_000;

const polluter = inInit(`
  for (const proto of [Object, Array, Number, String, Function, Map, Promise, Float64Array].map((type) => type.prototype)) {
    proto.polluted = true;
    for (const name of ['map', 'get', 'then', 'toString', 'valueOf', 'push', 'fill', 'slice']) {
      try { proto[name] = () => 4711; } catch {}
    }
  }
  Math.max = () => 4711; JSON.stringify = () => '4711'; globalThis.leftBehind = new Uint8Array(2e7).fill(1);
  globalThis.Date = class { static now() { return 4711; } };
  (async () => { for (let i = 0; i < 1e5; i++) await null; })();
`);
const probe = inInit(`
  console.log(typeof leftBehind, {}.polluted, [].polluted, Math.max(1, 2), JSON.stringify([1]), [1].map((x) => x + 1)[0]);
`);

let arena: Arena;
beforeAll(async () => {
  arena = await Arena.open({ wallMs: 10_000, memoryMb: 128, resultBytes: 8_000_000 }, { spares: 0 });
}, 60_000);
afterAll(() => arena.close());

interface Traces {
  readonly descriptors: number;
  readonly files: number;
  readonly children: number;
}

function traces(): Traces {
  return {
    descriptors: readdirSync('/proc/self/fd').length,
    files: readdirSync(arena.directory, { recursive: true }).length,
    children: guestPids().length,
  };
}

/** The least that is there within a while: a child that has answered, and its pipes, take a moment to be taken down. */
async function leastTraces(until: (traces: Traces) => boolean): Promise<Traces> {
  let least = traces();
  for (const end = performance.now() + settleMs; performance.now() < end && !until(least); await pause(50)) {
    const { descriptors, files, children } = traces();
    least = {
      descriptors: Math.min(least.descriptors, descriptors),
      files: Math.min(least.files, files),
      children: Math.min(least.children, children),
    };
  }
  return least;
}

function atMost(limit: Traces): (traces: Traces) => boolean {
  return (seen) =>
    seen.descriptors <= limit.descriptors && seen.files <= limit.files && seen.children <= limit.children;
}

test('SAFETY bar 12: what a run does to its world is gone with it, in the worker too', async () => {
  console.log(`bleeding: ${runs} runs in a row, every third of them pollutes`);
  const alone = await arena.fight(honest);
  const clean = (await arena.fight(probe)).log.map(({ text }) => text);
  const seen = new Set<string>();
  let before = { traces: traces(), memoryMb: 0 };
  for (let run = 0; run < runs; run += 1) {
    if (run === warmUps) before = { traces: await leastTraces(() => false), memoryMb: ownMemoryMb() };
    const { report, log } = await arena.fight([polluter, honest, probe][run % 3]!);
    if (run % 3 === 1) seen.add(String(report.orderListHash));
    if (run % 3 === 2) seen.add(log.map(({ text }) => text).join());
  }
  const after = { traces: await leastTraces(atMost(before.traces)), memoryMb: ownMemoryMb() };

  expect(clean).toEqual(['undefined undefined undefined 2 [1] 2']);
  expect([...seen].toSorted()).toEqual([String(alone.report.orderListHash), clean.join()].toSorted());
  expect([before.traces.children, after.traces, atMost(before.traces)(after.traces)]).toEqual([0, after.traces, true]);
  expect(after.memoryMb / before.memoryMb).toBeLessThan(1.1);
}, 180_000);
