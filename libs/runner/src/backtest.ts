import type { Failure, LogLine, Manifest, Report, SeriesInfo } from '@quarry/contracts';
import { resolveParams } from '@quarry/engine/host';
import { doesNotCompile } from './check/check-strategy.js';
import { readGuest } from './check/guest-failure.js';
import { strategyHash, type Compiler } from './compile/compiler.js';
import { DataRefused, type ColumnCache } from './datasets/index.js';
import { manifestHash, manifestOf } from './replay/manifest.js';
import type { Replayer } from './replay/replayer.js';
import { selectRange, selectSeries, type BarRange } from './replay/select-series.js';
import { failedReport } from './report/index.js';
import type { BacktestJob, BacktestOutcome, RunHooks, RunLimits } from './runner.js';
import type { GuestInput, Sandbox, SeriesFiles } from './sandbox/sandbox.js';

/** What runs are made with. */
export interface Workshop {
  readonly compiler: Compiler;
  readonly sandbox: Sandbox;
  readonly replayer: Replayer;
  readonly columns: ColumnCache;
  readonly limits: RunLimits;
}

const version = '0.1.0';
const columnNames = ['open', 'high', 'low', 'close', 'volume'];

/** A tape grows with the bars: so many bytes for each, and for a short run at least so many in all. */
const tapeBytesPerBar = 256;
const leastTapeBytes = 8_000_000;

/** One backtest: compile, read, run in the sandbox, replay, report. Rejects only when aborted or where we are at fault. */
export async function backtest(workshop: Workshop, job: BacktestJob, hooks: RunHooks): Promise<BacktestOutcome> {
  const started = performance.now();
  const environment = (): Report['environment'] => ({
    wall: workshop.sandbox.wall,
    milliseconds: performance.now() - started,
    quarry: version,
  });
  const failed = (
    failure: Failure,
    log: readonly LogLine[] = [],
    logCut = false,
    manifest: Manifest | null = null,
  ): BacktestOutcome =>
    outcomeOf(workshop, {
      report: failedReport({
        ...{ strategyName: job.strategyName ?? job.source.entry, failure, log, logCut, manifest },
        manifestHash: manifest && manifestHash(manifest),
        environment: environment(),
      }),
      run: null,
    });

  const { compiler, sandbox, replayer, limits } = workshop;
  const { signal } = hooks;
  signal?.throwIfAborted();
  hooks.onProgress?.('compile', 0);
  const compiling = compiler.compile(job.source, signal);
  compiling.catch(() => undefined); // What it rejects with is told where it is awaited; the data may fail before.
  const input = await openInput(workshop, job);
  if (!('code' in input)) sandbox.expect(input.guest);
  const { script, diagnostics } = await compiling;
  if (!script) return failed(doesNotCompile(diagnostics));
  if ('code' in input) return failed(input);

  hooks.onProgress?.('run', 0);
  const { options } = job;
  const end = await sandbox.run(
    input.guest,
    {
      kind: 'backtest',
      script: script.code,
      params: options.params,
      settings: options.settings,
      wallMs: limits.wallMs,
      outcomeBytes: limits.resultBytes,
      tapeBytes: Math.max(leastTapeBytes, input.range.length * tapeBytesPerBar),
    },
    signal,
  );
  const { outcome, tape, failure, log, logCut } = readGuest(end, script, limits);
  if (log.length > 0) hooks.onLog?.(log);
  if (!outcome || failure) return failed(failure ?? unreadable, log, logCut);

  const resolved = resolveParams(outcome.params, options.params);
  if ('errors' in resolved)
    return failed({ ...unreadable, code: 'bad-parameters', message: resolved.errors.join(' ') }, log, logCut);
  const manifest = manifestOf({
    strategyHash: strategyHash(job.source),
    engineHash: sandbox.engineHash,
    dataset: job.dataset,
    symbol: input.series.symbol,
    interval: input.series.interval,
    from: input.range.from,
    to: input.range.to,
    params: { ...resolved.values },
    options,
  });

  hooks.onProgress?.('replay', 0);
  const settled = await replayer.settle(
    {
      series: input.guest.series,
      tape,
      guestEquity: outcome.finalEquity,
      strategyName: job.strategyName ?? outcome.name,
      manifest,
      manifestHash: manifestHash(manifest),
      dataset: job.dataset.info,
      log,
      logCut,
      environment: environment(),
    },
    limits.wallMs,
    signal,
  );
  sandbox.keepSpare(input.guest);
  if (settled.kind === 'bad-result') return failed({ ...unreadable, message: settled.message }, log, logCut, manifest);
  hooks.onProgress?.('report', 1);
  const report = { ...settled.report, environment: environment() };
  return outcomeOf({ replayer }, { report, run: { series: input.guest.series, tape, manifest } });
}

const unreadable: Failure = {
  code: 'bad-result',
  message: 'The result of the run cannot be read.',
  position: null,
  diagnostics: [],
};

interface Input {
  readonly series: SeriesInfo;
  readonly range: BarRange;
  readonly guest: GuestInput;
}

/** The bars that a job names, as files; a failure where there are none. */
async function openInput({ columns, limits }: Workshop, { dataset, options }: BacktestJob): Promise<Input | Failure> {
  const series = selectSeries(dataset.info, options);
  if ('code' in series) return series;
  try {
    const missing = columnNames.filter((name) => !series.columns.includes(name));
    const names = [...new Set([...series.columns, ...columnNames])].filter((name) => !missing.includes(name));
    const set = await columns.columns(dataset, series.symbol, series.interval, names);
    const range = selectRange(set.files['time']!, set.length, options);
    if ('code' in range) return range;
    const files: SeriesFiles = {
      symbol: set.symbol,
      interval: set.interval,
      zone: { name: set.zone.name, from: [...set.zone.from], offsetMinutes: [...set.zone.offsetMinutes] },
      first: range.first,
      length: range.length,
      files: set.files,
    };
    return { series, range, guest: { memoryMb: limits.memoryMb, series: [files] } };
  } catch (error) {
    if (error instanceof DataRefused) return error.failure;
    throw error;
  }
}

function outcomeOf(
  { replayer }: Pick<Workshop, 'replayer'>,
  { report, run }: Omit<Parameters<Replayer['write']>[0], 'directory'>,
): BacktestOutcome {
  return { report, writeArtifacts: (directory) => replayer.write({ report, run, directory }) };
}
