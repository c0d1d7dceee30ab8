// A child as the runner's: the isolate with engine and bars, asked to run a strategy. Unlike the runner's it may be
// asked again: in the same isolate (ready, then run), or in a new one for each run (spare, then run or load; or empty).
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { peakMemory } from '../figures.mjs';
import { dailyBars } from '../daily-bars.mjs';
import { minuteBars } from '../minute-bars.mjs';
import { serve, tell } from './ask.mjs';

const dist = (name) => fileURLToPath(new URL(`../../../libs/runner/dist/${name}`, import.meta.url));
const memoryMb = 512;
const wallMs = 60_000;
/** The runner's own figure, in sandbox.ts. */
const spareWarmUps = 2;

const loaded = { exports: {} };
process.dlopen(loaded, dist('isolated-vm.node'));
const { Isolate, ExternalCopy } = loaded.exports.ivm;
const engine = readFileSync(dist('guest.js'), 'utf8');
const library = readFileSync(dist('library.js'), 'utf8');

/** Columns of each series. */
let bars;
let interval = '1m';
let guest = null;

/** Isolate, engine and bars; the buffers are given away. */
function open(all) {
  const isolate = new Isolate({ memoryLimit: memoryMb });
  const context = isolate.createContextSync();
  const door = isolate.compileScriptSync(engine, { filename: 'quarry:engine' }).runSync(context, { reference: true });
  const given = all.flatMap((columns) => columns.map(([, buffer]) => buffer));
  const series = all.map((columns, index) => ({
    symbol: `BENCH${index}`,
    interval,
    zone: { name: 'UTC', from: [-Infinity], offsetMinutes: [0] },
    length: columns[0][1].byteLength / 8,
    columns,
  }));
  const copy = new ExternalCopy(series, { transferList: given });
  door.getSync('open', { reference: true }).applySync(undefined, [copy.copyInto({ release: true, transferIn: true })]);
  return { isolate, context, door };
}

/** A run step by step, as child.ts does it; `heard` is told each block of the tape. */
async function run({ isolate, context, door }, kind, { script, settings, params }, heard = () => undefined) {
  const compiled = await isolate.compileScript(script, { filename: 'quarry:strategy' });
  const strategy = await compiled.run(context, { reference: true, timeout: wallMs });
  const begin = await door.get(kind, { reference: true });
  const goOn = await door.get('goOn', { reference: true });
  const input = new ExternalCopy({ params, settings }).copyInto({ release: true });
  const options = { timeout: wallMs, result: { copy: true } };
  let step = await begin.apply(undefined, [strategy.derefInto(), input], options);
  while (!step.outcome) {
    step = await goOn.apply(undefined, [], options);
    if (step.tape) heard(new Uint8Array(step.tape));
  }
  return step.outcome;
}

/** As the runner's spare while it waits: an isolate that no strategy has seen, with the engine in it warmed up. */
function openSpare() {
  const spare = open(buffers(true));
  warm(spare, spareWarmUps);
  return spare;
}

/** What a child does while it waits: the library, runs of the engine, and memory for the columns of the run. */
function warm({ isolate, context, door }, rounds) {
  if (rounds > 0) {
    const made = isolate
      .compileScriptSync(library, { filename: 'quarry:library' })
      .runSync(context, { reference: true });
    door.getSync('extend', { reference: true }).applySync(undefined, [made.derefInto({ release: true })]);
  }
  door.getSync('warm', { reference: true }).applySync(undefined, [rounds]);
}

/** Buffers to give away: the bars themselves to the one isolate that is kept, copies to those that come and go. */
function buffers(copied) {
  return bars.map((columns) =>
    Object.entries(columns).map(([name, column]) => [name, (copied ? column.slice() : column).buffer]),
  );
}

serve(async ({ kind, symbols, length, job }) => {
  if (kind === 'bars') {
    bars = symbols ? dailyBars(symbols, length) : [minuteBars(length)];
    interval = symbols ? '1d' : '1m';
    return { ready: true };
  }
  if (kind === 'ready') {
    guest ??= open(buffers(false));
    warm(guest, 0);
    return { ready: true };
  }
  if (kind === 'run') {
    const from = performance.now();
    const outcome = await run(guest, 'backtest', job, tell);
    return { ms: performance.now() - from, outcome, rssMb: peakMemory() };
  }
  if (kind === 'spare') {
    guest?.isolate.dispose();
    guest = openSpare();
    return { ready: true };
  }
  if (kind === 'load') {
    const from = performance.now();
    const outcome = await run(guest, 'check', job);
    return { ms: performance.now() - from, outcome, rssMb: peakMemory() };
  }
  const columns = buffers(true);
  const from = performance.now();
  const fresh = open(columns);
  const outcome = await run(fresh, 'check', job);
  const ms = performance.now() - from;
  fresh.isolate.dispose();
  return { ms, outcome, rssMb: peakMemory() };
});
