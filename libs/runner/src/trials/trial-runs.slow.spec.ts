import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BacktestOptions, type StrategySource } from '@quarry/contracts';
import { costlierSettings } from '@quarry/engine/host';
import { Arena } from '../hostile/arena.js';
import { strategySource } from '../hostile/strategy-source.js';
import type { Trial, TrialResult } from './trial.js';
import type { TrialRuns } from './trial-runs.js';

const settings = BacktestOptions.parse({ settings: { commission: { kind: 'fraction', rate: 0.001 } } }).settings;

let arena: Arena;
beforeAll(async () => {
  arena = await Arena.open({ wallMs: 5_000, memoryMb: 128, resultBytes: 8_000_000 }, { bars: 600 });
}, 180_000);
afterAll(() => arena.close());

async function open(source: StrategySource, lanes: number): Promise<TrialRuns> {
  const options = BacktestOptions.parse({ settings });
  const runs = await arena.runner.trials({ source, dataset: arena.dataset, options, lanes });
  if ('code' in runs) throw new Error(runs.message);
  return runs;
}

async function results(source: StrategySource, trials: readonly Trial[], lanes = 1): Promise<TrialResult[]> {
  const runs = await open(source, lanes);
  try {
    return await runs.run(trials);
  } finally {
    await runs.close();
  }
}

const crossover = strategySource(`
import { crossedAbove, crossedBelow, defineStrategy, ema, int, sma } from '@quarry/engine';
let calls = 0;
export default defineStrategy({
  name: 'Crossover',
  params: { fast: int(5, { min: 2, max: 50 }), slow: int(20, { min: 5, max: 100 }) },
  init: ({ bars, params }) => ({ fast: ema(bars.close, params.fast), slow: sma(bars.close, params.slow) }),
  next({ buy, sell, random }, { fast, slow }) {
    calls++;
    if (crossedAbove(fast, slow)) buy({ size: 1 + Math.floor(3 * Math.random() + random()) + (calls > 600 ? 100 : 0) });
    else if (crossedBelow(fast, slow)) sell({ size: 2 });
  },
});`);

const grid: readonly Trial[] = [3, 5, 8, 13].flatMap((fast) =>
  [10, 20, 30, 40, 50, 60, 70].map((slow) => ({ params: { fast, slow } })),
);

describe('trials', () => {
  test('come to the same bits in 1, 2, 7 and 16 slices, on one lane or two, in whatever order', async () => {
    const whole = await results(crossover, grid);
    for (const slices of [2, 7, 16]) {
      const runs = await open(crossover, 1 + (slices % 2));
      const parts = new Map<number, TrialResult[]>();
      const starts = Array.from({ length: slices }, (_, i) => Math.floor((i * grid.length) / slices));
      for (const [turn, from] of [...starts.entries()].reverse()) {
        parts.set(turn, await runs.run(grid.slice(from, starts[turn + 1] ?? grid.length)));
      }
      await runs.close();
      expect(starts.flatMap((_, turn) => parts.get(turn)!)).toEqual(whole);
    }
  }, 180_000);

  test('say what a backtest with the same parameters says', async () => {
    const [trial] = await results(crossover, [{ params: { fast: 8, slow: 30 } }]);
    const { report } = await arena.fight(crossover, { settings, params: { fast: 8, slow: 30 } });
    const told = Object.entries((trial as { metrics: Record<string, number> }).metrics);
    const metrics = new Map(report.metrics.map(({ id, value }) => [id, Number(value)]));
    expect(told.length).toBeGreaterThan(40);
    expect(told.map(([id, value]) => [id, value])).toEqual(told.map(([id]) => [id, metrics.get(id)]));
  }, 180_000);

  test('over a stretch of time know nothing of the bars outside', async () => {
    const day = 86_400e6;
    const from = Date.UTC(2010, 2, 1) * 1000;
    const range = { from, to: from + 200 * day };
    const [short, again] = await results(crossover, [
      { params: { fast: 5, slow: 20 }, range, detail: true },
      { params: { fast: 5, slow: 20 }, range, detail: true },
    ]);
    const { detail } = short as { detail: { times: Float64Array } };
    expect([detail.times[0], detail.times.at(-1), detail.times.length]).toEqual([from, from + 199 * day, 200]);
    expect(again).toEqual(short);
  }, 180_000);

  test('may have settings of their own: dearer costs leave less', async () => {
    const [plain, dear] = (await results(crossover, [
      { params: { fast: 3, slow: 10 } },
      { params: { fast: 3, slow: 10 }, settings: costlierSettings(settings, 5) },
    ])) as { metrics: Record<string, number> }[];
    expect(dear!.metrics['totalReturn']).toBeLessThan(plain!.metrics['totalReturn']!);
  }, 180_000);

  test('that break are failures, each by itself; those around them are as ever', async () => {
    const moody = strategySource(`
import { defineStrategy, int } from '@quarry/engine';
export default defineStrategy({
  name: 'Moody', params: { mood: int(0, { min: 0, max: 9 }) },
  next({ params, index, buy }) {
    if (index === 3) buy({ size: 1 });
    if (index !== 50) return;
    if (params.mood === 1) throw new Error('in a bad mood');
    if (params.mood === 2) for (;;);
    if (params.mood === 3) { const all: number[][] = []; for (;;) all.push(new Array(1e5).fill(1)); }
  },
});`);
    const moods = [0, 1, 2, 0, 3, 0, 12, 0];
    const ended = await results(
      moody,
      moods.map((mood) => ({ params: { mood } })),
    );
    const codes = ended.map((one) => ('failure' in one ? one.failure.code : 'ok'));
    expect(codes).toEqual(['ok', 'threw', 'timed-out', 'ok', 'out-of-memory', 'ok', 'bad-parameters', 'ok']);
    expect((ended[1] as { failure: unknown }).failure).toMatchObject({
      message: 'in a bad mood',
      position: { file: 'main.ts', line: 8 },
    });
    expect([ended[3], ended[5], ended[7]]).toEqual([ended[0], ended[0], ended[0]]);
  }, 180_000);

  test('that put something on a global are told where else to keep it', async () => {
    const litterer = strategySource(
      `import { defineStrategy } from '@quarry/engine';\n(globalThis as unknown as { n: number }).n = 1;\nexport default defineStrategy({ name: 'L', next() {} });`,
    );
    const [ended] = await results(litterer, [{ params: {} }]);
    expect((ended as { failure: unknown }).failure).toMatchObject({
      code: 'threw',
      message: expect.stringMatching(/^TypeError: Cannot add property n.*keep it in a variable of the module/),
      position: { file: 'main.ts', line: 2 },
    });
  }, 180_000);

  test('are given up at once when aborted', async () => {
    const endless = strategySource(
      `import { defineStrategy } from '@quarry/engine';\nexport default defineStrategy({ name: 'E', next() { for (;;); } });`,
    );
    const runs = await open(endless, 1);
    const abort = new AbortController();
    const running = runs.run([{ params: {} }, { params: {} }], { signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
  }, 180_000);
});

/**
 * Looks for marks on everything that it can get at, by names, syntax and what the engine hands out, then leaves marks
 * there in every way there is. A trial that finds one throws.
 */
const hostile = strategySource(`// @ts-nocheck
import * as q from '@quarry/engine';
let inModule = 0;
const key = 'mark', symbol = Symbol.for('mark');
const template = (parts) => parts;
class Step { constructor(to, path) { this.to = to; this.path = path; } }
function everything(...roots) {
  const seen = new Map();
  const waiting = [globalThis, q, template\`x\`, function* () {}, async () => {}, async function* () {}, (function* () {})(), (async function* () {})(),
    [].values(), ''[Symbol.iterator](), 'a'.matchAll(/a/g), new Map().keys(), new Set().keys(), new Float64Array(1), new Proxy({}, {}), Promise.resolve(1),
    Iterator.from({ next: () => ({ done: true }) }), [1].values().map((x) => x), /a/, new Date(), new Error('x'), Symbol('s'), 1n, ...roots];
  for (const kind of ['DisposableStack', 'AsyncDisposableStack']) if (globalThis[kind]) waiting.push(new globalThis[kind]());
  try { null.x; } catch (error) { waiting.push(error); }
  while (waiting.length > 0) {
    const next = waiting.pop();
    const [o, path] = next instanceof Step ? [next.to, next.path] : [next, seen.size];
    if (o === null || (typeof o !== 'object' && typeof o !== 'function' && typeof o !== 'symbol' && typeof o !== 'bigint')) continue;
    const object = Object(o);
    if (seen.has(object)) continue;
    seen.set(object, path);
    waiting.push(new Step(Object.getPrototypeOf(object), path + ' proto'));
    if (ArrayBuffer.isView(object)) continue;
    for (const name of Reflect.ownKeys(object)) {
      const d = Object.getOwnPropertyDescriptor(object, name);
      const at = path + ' ' + String(name);
      waiting.push(new Step(d.value, at), new Step(d.get, at + ' get'), new Step(d.set, at + ' set'));
      if (d.get) { try { waiting.push(new Step(d.get.call(object), at)); } catch {} }
    }
  }
  return seen;
}
function found(all) {
  const marks = [];
  if (inModule !== 0) marks.push('module');
  if (typeof __ran === 'object' && __ran !== null) marks.push('the array of what ran');
  if ('mark' in globalThis || typeof mark !== 'undefined') marks.push('global');
  if (RegExp.$1 === 'mark' || RegExp.input === 'mark') marks.push('RegExp');
  if (Math.random.mark || [].mark || ''.mark || (0).mark || (() => 0).mark || q.sma.mark) marks.push('inherited');
  for (const [o, path] of all) {
    if (Object.prototype.hasOwnProperty.call(o, key) || Object.prototype.hasOwnProperty.call(o, symbol)) marks.push('own of ' + path);
  }
  return marks;
}
function leave(all) {
  inModule = 1;
  try { globalThis.mark = 1; } catch {}
  try { (0, eval)('var mark = 1; function markToo() {}'); } catch {}
  try { Function('this.mark = 1')(); } catch {}
  try { 'mark'.match(/(mark)/); RegExp.input = 'mark'; } catch {}
  const changed = [];
  for (const o of all.keys()) {
    try { Reflect.set(o, key, 1); } catch {}
    try { Reflect.defineProperty(o, key, { value: 1, configurable: true }); } catch {}
    try { Reflect.defineProperty(o, symbol, { value: 1 }); } catch {}
    try { if (o !== Object.prototype && !Object.getPrototypeOf(o)?.mark) Reflect.setPrototypeOf(o, Object.create(Object.getPrototypeOf(o), { mark: { value: 1 } })); } catch {}
    for (const name of Reflect.ownKeys(o)) {
      const d = Object.getOwnPropertyDescriptor(o, name);
      if (typeof d.value !== 'function' || (!d.writable && !d.configurable)) continue;
      const old = d.value;
      const marked = function (...args) { return Reflect.apply(old, this, args); };
      marked.mark = 1;
      try { if (Reflect.defineProperty(o, name, { ...d, value: marked })) changed.push(String(name)); } catch {}
    }
  }
  Promise.resolve().then(() => { try { globalThis.mark = 1; Object.prototype.mark = 1; } catch {} });
  return changed;
}
export default q.defineStrategy({
  name: 'h',
  params: { twist: q.int(0, { min: 0, max: 9 }) },
  init(market) {
    const close = q.sma(market.bars.close, 5);
    return { close, high: q.highest(market.bars.high, 4), all: [market, market.bars, market.series, market.symbol, close] };
  },
  onOrder(trader, event) { this.heard = event; },
  next(trader, { close, high, all }) {
    if (trader.index === 10) this.order = trader.buy({ size: 1 + Math.floor(10 * Math.random()), limit: close.now });
    if (trader.index === 20) trader.buy({ size: 1 });
    if (trader.index !== 40) return;
    const seen = everything(...all, close, high, trader, trader.position, trader.account, trader.calendar, trader.random, this.order, this.heard);
    const marks = found(seen);
    if (marks.length > 0) throw new Error('found marks: ' + marks.slice(0, 20).join('; '));
    leave(seen);
    trader.plot?.('seen', seen.size);
  },
});`);

test('a trial finds nothing that one before it in the same isolate left anywhere', async () => {
  const same = [0, 0, 0, 0].map((twist) => ({ params: { twist } }));
  const [first, ...others] = await results(hostile, same);
  expect(first).toMatchObject({ perYear: 365 });
  expect(others).toEqual([first, first, first]);
}, 180_000);

test('strategies that give objects of their own what a builtin prototype has too are as ever', async () => {
  const honest = strategySource(`
import { defineStrategy } from '@quarry/engine';
class Refused extends Error { constructor(text: string) { super(text); this.name = 'Refused'; this.message = text + '!'; } }
class Band { width = 2; constructor() { (this as { toString: unknown }).toString = () => 'band'; } }
const plain: Record<string, unknown> = {}; plain['valueOf'] = () => 7; plain['constructor'] = 1;
export default defineStrategy({
  name: 'honest',
  next({ index }) {
    if (index !== 5) return;
    const said = String(new Band()) + Number(plain) + [3, 1, 2].toSorted().join('') + [...'ab'].map((x) => x + x);
    throw new Refused(said);
  },
});`);
  const ended = await results(honest, [{ params: {} }, { params: {} }]);
  const told = { failure: expect.objectContaining({ code: 'threw', message: 'Refused: band7123aa,bb!' }) as unknown };
  expect(ended).toEqual([told, told]);
}, 180_000);
