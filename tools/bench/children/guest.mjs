// A child as the runner's: the isolate with engine and bars, asked to run a strategy. Unlike the runner's it may be
// asked again: in the same isolate (warm), or in a new one for each run (spare, then warm; or empty).
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { peakMemory } from '../figures.mjs';
import { minuteBars } from '../minute-bars.mjs';
import { serve } from './ask.mjs';

const dist = (name) => fileURLToPath(new URL(`../../../libs/runner/dist/${name}`, import.meta.url));
const memoryMb = 512;
const wallMs = 60_000;
/** The runner's own figure, in sandbox.ts. */
const spareWarmUps = 2;

const loaded = { exports: {} };
process.dlopen(loaded, dist('isolated-vm.node'));
const { Isolate, ExternalCopy } = loaded.exports.ivm;
const engine = readFileSync(dist('guest.js'), 'utf8');

let bars;
let guest = null;

/** Isolate, engine and bars; the buffers are given away. */
function open(columns) {
  const isolate = new Isolate({ memoryLimit: memoryMb });
  const context = isolate.createContextSync();
  const door = isolate.compileScriptSync(engine, { filename: 'quarry:engine' }).runSync(context, { reference: true });
  const given = columns.map(([, buffer]) => buffer);
  const series = {
    symbol: 'BENCH',
    interval: '1m',
    zone: { name: 'UTC', from: [-Infinity], offsetMinutes: [0] },
    length: given[0].byteLength / 8,
    columns,
  };
  const copy = new ExternalCopy([series], { transferList: given });
  door.getSync('open', { reference: true }).applySync(undefined, [copy.copyInto({ release: true, transferIn: true })]);
  return { isolate, context, door };
}

async function run({ isolate, context, door }, kind, { script, settings, params }) {
  const compiled = await isolate.compileScript(script, { filename: 'quarry:strategy' });
  const strategy = await compiled.run(context, { reference: true, timeout: wallMs });
  const entry = await door.get(kind, { reference: true });
  const request = new ExternalCopy({ params, settings, tapeBytes: 1e9 }).copyInto({ release: true });
  return entry.apply(undefined, [strategy.derefInto(), request], { timeout: wallMs, result: { copy: true } });
}

/** As the runner's spare while it waits: an isolate that no strategy has seen, with the engine in it warmed up. */
function openSpare() {
  const spare = open(buffers(true));
  spare.door.getSync('warm', { reference: true }).applySync(undefined, [spareWarmUps]);
  return spare;
}

/** Buffers to give away: the bars themselves to the one isolate that is kept, copies to those that come and go. */
function buffers(copied) {
  return Object.entries(bars).map(([name, column]) => [name, (copied ? column.slice() : column).buffer]);
}

serve(async ({ kind, length, job }) => {
  if (kind === 'bars') {
    bars = minuteBars(length);
    return { ready: true };
  }
  if (kind === 'warm') {
    guest ??= open(buffers(false));
    const from = performance.now();
    const { outcome, tape } = await run(guest, 'backtest', job);
    return { ms: performance.now() - from, outcome, tape, rssMb: peakMemory() };
  }
  if (kind === 'spare') {
    guest?.isolate.dispose();
    guest = openSpare();
    return { ready: true };
  }
  const columns = buffers(true);
  const from = performance.now();
  const fresh = open(columns);
  const { outcome, tape } = await run(fresh, 'check', job);
  const ms = performance.now() - from;
  fresh.isolate.dispose();
  return { ms, outcome, tape, rssMb: peakMemory() };
});
