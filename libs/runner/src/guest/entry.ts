import * as core from '@quarry/engine/core';
import {
  actionsOf,
  GuestClock,
  handedOut,
  libraryCore,
  paramSpecsOf,
  resolveParams,
  seededRandom,
  StrategyRun,
  type Bars,
  type BacktestSettings,
  type Interval,
  type ParamSpecs,
  type ParamValue,
  type PriceBasis,
} from '@quarry/engine/host';
import type { Strategy } from '@quarry/engine';
import { installDate } from './bar-date.js';
import { freezeRealm } from './frozen-realm.js';
import { Log, type LogEntry } from './log.js';
import { lockBuiltins, removeDangerousGlobals } from './realm.js';
import { describeThrown } from './thrown.js';
import { Trials, type TrialInput, type TrialOutcome } from './trials.js';
import { warmUp } from './warm-up.js';

// The guest's side of a run: what the host may call in the isolate. Everything here is ours, but the strategy lives in
// the same realm, so the host takes nothing of what comes out on trust.

interface SeriesData {
  readonly symbol: string;
  readonly interval: Interval;
  readonly prices: PriceBasis;
  readonly zone: { readonly name: string; readonly from: readonly number[]; readonly offsetMinutes: readonly number[] };
  readonly length: number;
  readonly columns: readonly (readonly [name: string, values: ArrayBuffer])[];
}

interface Request {
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly settings: BacktestSettings;
  readonly breakAt: number | undefined;
  readonly marks: number | undefined;
}

interface Outcome {
  failure: {
    code: 'threw' | 'bad-parameters';
    message: string;
    line: number;
    column: number;
  } | null;
  name: string;
  params: ParamSpecs;
  finalEquity: number;
  /** 1 for each mark of the script that was passed, 0 for the others. */
  ran: string;
}

/** What a step of a run yields: what was logged meanwhile, a block of the tape, and, at the end, how the run went. */
interface Step {
  readonly log: readonly LogEntry[];
  readonly logCut: boolean;
  readonly tape: ArrayBuffer | null;
  readonly outcome: Outcome | null;
}

/** The strategy's script: takes the engine, hands over what its entry file exports as default, and marks what of it ran. */
type StrategyScript = (engine: object, take: (strategy: unknown) => void, ran: Uint8Array | null) => void;

const {
  ArrayBuffer: Buffer,
  Uint8Array: Bytes,
  Object: { freeze },
} = globalThis;
const log = new Log();
let bars: readonly Bars[] = [];
const clock = new GuestClock();
let random = seededRandom(1);

removeDangerousGlobals();
installDate(clock);
log.install(clock);
Math.random = () => random();
lockBuiltins();
let exportsForStrategy: object = freeze({ ...core });

/** The library's script: takes what it shares with the engine, and hands over its exports. */
function extend(library: (shared: object) => object): void {
  exportsForStrategy = freeze({ ...core, ...library(libraryCore) });
}

function open(series: readonly SeriesData[]): void {
  bars = series.map(barsOf);
}

/** What the child does while it waits for a run over these bars. */
function warm(rounds: number): void {
  if (bars.length > 0) warmUp(bars, rounds);
}

function barsOf({ symbol, interval, prices, zone, length, columns }: SeriesData): Bars {
  const extra: Record<string, Float64Array> = {};
  const named: Record<string, Float64Array> = {};
  for (const [name, values] of columns) {
    const column = new Float64Array(values);
    if (/^(time|knownAt|open|high|low|close|volume)$/.test(name)) named[name] = column;
    else extra[name] = column;
  }
  const known = (name: string): Float64Array => named[name] ?? new Float64Array(length).fill(NaN);
  return {
    symbol,
    interval,
    zone: { name: zone.name, from: Float64Array.from(zone.from), offsetMinutes: Float64Array.from(zone.offsetMinutes) },
    length,
    time: known('time'),
    knownAt: known('knownAt'),
    open: known('open'),
    high: known('high'),
    low: known('low'),
    close: known('close'),
    volume: known('volume'),
    extra,
    actions: actionsOf(extra, prices),
  };
}

const outcome: Outcome = { failure: null, name: '', params: {}, finalEquity: 0, ran: '' };
/** Of the marks of a run's script; null where it has none, as in trials, which could leave something on it for the next. */
let ran: Uint8Array | null = null;
let run: StrategyRun | null = null;
let trials: Trials | null = null;

/** Loads the strategy and tells what it declares. */
function check(script: StrategyScript): Step {
  load(script);
  return step(null, outcome);
}

/** Loads the strategy and begins a run over the bars; `goOn` takes it from there. */
function backtest(script: StrategyScript, { params, settings, breakAt, marks = 0 }: Request): Step {
  ran = marks > 0 ? new Bytes(marks) : null;
  random = seededRandom(settings.seed);
  const strategy = load(script);
  if (!strategy) return step(null, outcome);
  const resolved = resolveParams(outcome.params, params);
  if ('errors' in resolved) {
    outcome.failure = { code: 'bad-parameters', message: resolved.errors.join(' '), line: 0, column: 0 };
    return step(null, outcome);
  }
  return attempt(() => {
    run = new StrategyRun(strategy, { bars, settings, params: resolved.values, breakAt }, { clock, random });
    return step(null, null);
  });
}

/** The next stretch of the run. */
function goOn(): Step {
  return attempt(() => {
    const block = run!.goOn();
    outcome.finalEquity = run!.finalEquity;
    return step(bufferOf(block), run!.isEnded ? outcome : null);
  });
}

/**
 * Begins a list of trials of one strategy. From now on nothing that a run could change is shared with the next: the realm
 * is frozen, and each trial evaluates the strategy's script anew, so that its modules start afresh.
 */
function openTrials(script: StrategyScript): Step {
  freezeRealm([exportsForStrategy, ...handedOut]);
  const surroundings = { bars, clock, log };
  trials = new Trials(
    () => strategyOf(script),
    surroundings,
    (seed) => (random = seededRandom(seed)),
  );
  return step(null, outcome);
}

function trial(input: TrialInput): TrialOutcome {
  return trials!.run(input);
}

function attempt(make: () => Step): Step {
  try {
    return make();
  } catch (thrown) {
    outcome.failure = { code: 'threw', ...describeThrown(thrown) };
    return step(null, outcome);
  }
}

function step(tape: ArrayBuffer | null, ended: Outcome | null): Step {
  if (ended) ended.ran = marksOf(ran);
  return { ...readLog(), tape, outcome: ended };
}

function marksOf(bytes: Uint8Array | null): string {
  let marks = '';
  for (let i = 0; bytes && i < bytes.length; i++) marks += bytes[i] === 1 ? '1' : '0';
  return marks;
}

/** The bytes in a buffer of the class that was there before the strategy came. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  const buffer = new Buffer(bytes.length);
  new Bytes(buffer).set(bytes);
  return buffer;
}

function load(script: StrategyScript): Strategy | null {
  try {
    const exported = strategyOf(script);
    outcome.params = plainSpecs(paramSpecsOf(exported));
    outcome.name = String(exported.name);
    return exported;
  } catch (thrown) {
    outcome.failure = { code: 'threw', ...describeThrown(thrown) };
    return null;
  }
}

function strategyOf(script: StrategyScript): Strategy {
  let exported: unknown;
  script(exportsForStrategy, (strategy) => (exported = strategy), ran);
  if (!isStrategy(exported)) throw new TypeError('The entry file must export as default what defineStrategy returns.');
  return exported;
}

function isStrategy(value: unknown): value is Strategy {
  const { init, next, params } = (value ?? {}) as Partial<Strategy>;
  return typeof init === 'function' && typeof next === 'function' && typeof params === 'object';
}

/** Copies that hold nothing but what a declaration may hold: what the strategy made may have getters, or be a proxy. */
function plainSpecs(specs: ParamSpecs): ParamSpecs {
  return JSON.parse(JSON.stringify(specs)) as ParamSpecs;
}

/** What was logged since it was read last; asked for also when a run was stopped. */
function readLog(): { log: readonly LogEntry[]; logCut: boolean } {
  return { log: log.take(), logCut: log.cut };
}

export const door = freeze({ extend, open, warm, check, backtest, goOn, log: readLog, openTrials, trial });
