import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import type { BacktestSettings, Report } from '@quarry/contracts';
import { replay } from '@quarry/engine/host';
import { reportHtml } from '../report/index.js';
import type { ArtifactFile } from '../runner.js';
import type { SeriesFiles } from '../sandbox/sandbox.js';
import { engineFlags } from '../v8-flags.js';
import { BarsReader } from './bars-from-files.js';
import type { Computations } from './computations.js';
import { Follower, type Settled, type SettleJob } from './settle.js';
import { TrialReplay, type TrialTask } from './trial-replay.js';
import { warmUpReplay } from './warm-up.js';

/**
 * What a replay thread is told. It follows one run at a time: `follow`, then the run's blocks, then `settle`. A run's
 * files are written from a second replay: its columns need not be kept till then. Only `settle`, `trial`, `compute` and `write` are answered.
 */
export type ThreadTask =
  | { readonly kind: 'follow'; readonly series: readonly SeriesFiles[]; readonly settings: BacktestSettings }
  | { readonly kind: 'block'; readonly block: Uint8Array }
  | { readonly kind: 'settle'; readonly job: SettleJob }
  /** Trials over these bars are about to come; not answered. Each of them is. */
  | { readonly kind: 'open-trials'; readonly series: readonly SeriesFiles[] }
  | { readonly kind: 'trial'; readonly task: TrialTask }
  | { readonly kind: 'compute'; readonly name: keyof Computations; readonly args: readonly unknown[] }
  | { readonly kind: 'write'; readonly report: Report; readonly run: WrittenRun | null; readonly directory: string };

/** A run that succeeded, by what it can be replayed from. */
export interface WrittenRun {
  readonly series: readonly SeriesFiles[];
  readonly settings: BacktestSettings;
  readonly tape: Uint8Array;
}

const rememberedBytes = 64 * 2 ** 20;
const rememberedBars = 4_000_000;
const reader = new BarsReader(rememberedBytes);
let follower: Follower | null = null;
/** A run that is settled leaves its memory to the next. */
let settled: Follower | null = null;
let trials: TrialReplay | null = null;
/** What broke while a run was followed; told when it is to be settled. */
let broken: unknown = null;

function hear(task: ThreadTask): void {
  switch (task.kind) {
    case 'follow':
      broken = follower = null;
      return follow(() => (follower = new Follower(reader.read(task.series), task.settings, settled)));
    case 'block':
      return follow(() => follower?.take(task.block));
    case 'settle':
      return answer(async () => settle(task.job));
    case 'open-trials':
      trials = new TrialReplay(reader.read(task.series));
      return;
    case 'trial':
      return answer(async () => trials!.run(task.task));
    case 'compute':
      return answer(() => compute(task));
    case 'write':
      return answer(() => writeFiles(task));
  }
}

function follow(go: () => void): void {
  try {
    if (broken === null) go();
  } catch (error) {
    broken = error;
  }
}

function settle(job: SettleJob): Settled {
  if (broken !== null) throw broken as Error;
  if (!follower) throw new Error('No run is followed that could be settled.');
  const answer = follower.settle(job);
  settled = follower.length <= rememberedBars ? follower : null;
  follower = null;
  return answer;
}

function answer(make: () => Promise<unknown>): void {
  make().then(
    (value) => parentPort?.postMessage({ value }, columnsOf(value)),
    (error: unknown) =>
      parentPort?.postMessage({
        error: error instanceof Error ? error.message : String(error),
        isRefusal: error instanceof RangeError,
      }),
  );
}

async function compute({ name, args }: Extract<ThreadTask, { kind: 'compute' }>): Promise<unknown> {
  const { computations } = await import('./computations.js');
  return (computations[name] as (...given: readonly unknown[]) => unknown)(...args);
}

async function writeFiles({ report, run, directory }: Extract<ThreadTask, { kind: 'write' }>): Promise<ArtifactFile[]> {
  const files = run ? await writeRun(run, directory) : [];
  files.push(await write(directory, 'report.json', 'application/json', `${JSON.stringify(report, null, 2)}\n`));
  files.push(await write(directory, 'report.html', 'text/html; charset=utf-8', await reportHtml(report)));
  return files;
}

async function writeRun({ series, settings, tape }: WrittenRun, directory: string): Promise<ArtifactFile[]> {
  // Loaded when first asked for: they bring DuckDB and Arrow, which a run by itself does not need.
  const { writeTables } = await import('../tables/index.js');
  const bars = reader.read(series);
  return writeTables(replay(bars, settings, tape), bars, directory);
}

async function write(directory: string, name: string, contentType: string, text: string): Promise<ArtifactFile> {
  const path = join(directory, name);
  await writeFile(path, text);
  return { name, path, bytes: (await stat(path)).size, contentType };
}

/** The columns of a run's trades are handed over, not copied. */
function columnsOf(value: unknown): ArrayBuffer[] {
  const { trades } = (value ?? {}) as { trades?: object };
  return Object.values(trades ?? {})
    .filter((column) => ArrayBuffer.isView(column))
    .map(({ buffer }) => buffer as ArrayBuffer);
}

for (const flag of engineFlags) setFlagsFromString(flag);
warmUpReplay();
parentPort?.on('message', hear);
