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

/** What is there once a child that has answered, and its pipes, have been taken down. */
async function traces(): Promise<Traces> {
  await pause(1000);
  return {
    descriptors: readdirSync('/proc/self/fd').length,
    files: readdirSync(arena.directory, { recursive: true }).length,
    children: guestPids().length,
  };
}

test('SAFETY bar 12: what a run does to its world is gone with it, in the worker too', async () => {
  console.log(`bleeding: ${runs} runs in a row, every third of them pollutes`);
  const alone = await arena.fight(honest);
  const clean = (await arena.fight(probe)).log.map(({ text }) => text);
  const seen = new Set<string>();
  let before = { traces: await traces(), memoryMb: 0 };
  for (let run = 0; run < runs; run += 1) {
    if (run === warmUps) before = { traces: await traces(), memoryMb: ownMemoryMb() };
    const { report, log } = await arena.fight([polluter, honest, probe][run % 3]!);
    if (run % 3 === 1) seen.add(String(report.orderListHash));
    if (run % 3 === 2) seen.add(log.map(({ text }) => text).join());
  }
  const after = { traces: await traces(), memoryMb: ownMemoryMb() };

  expect(clean).toEqual(['undefined undefined undefined 2 [1] 2']);
  expect([...seen].toSorted()).toEqual([String(alone.report.orderListHash), clean.join()].toSorted());
  expect(after.traces).toEqual(before.traces);
  expect(after.memoryMb / before.memoryMb).toBeLessThan(1.1);
}, 180_000);
