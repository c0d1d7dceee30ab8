import type { Failure, Manifest, Report } from '@quarry/contracts';
import { resolveParams } from '@quarry/engine/host';
import { doesNotCompile } from './check/check-strategy.js';
import type { LogReader } from './check/read-guest.js';
import type { Compiled } from './compile/compiled.js';
import { strategyHash, type Compiler } from './compile/compiler.js';
import type { ColumnCache } from './datasets/index.js';
import { manifestHash, manifestOf } from './replay/manifest.js';
import { openBars } from './replay/open-bars.js';
import type { Replayer } from './replay/replayer.js';
import { failedReport } from './report/index.js';
import type { BacktestJob, BacktestOutcome, RunHooks, RunLimits } from './runner.js';
import { noteTrial } from './search/note-trial.js';
import { runGuest } from './run-guest.js';
import { ranCode, type RanCode } from './suite/coverage.js';
import type { Sandbox } from './sandbox/sandbox.js';
import { tapeBytesOf } from './sandbox/tape-bytes.js';

/** What runs are made with. */
export interface Workshop {
  readonly compiler: Compiler;
  readonly sandbox: Sandbox;
  readonly replayer: Replayer;
  readonly columns: ColumnCache;
  readonly limits: RunLimits;
}

export const version = '0.1.0';

/** One backtest: compile, read, run in the sandbox, replay, report. Rejects only when aborted or where we are at fault. */
export async function backtest(workshop: Workshop, job: BacktestJob, hooks: RunHooks): Promise<BacktestOutcome> {
  const { compiler, sandbox, limits } = workshop;
  const { source, dataset, options } = job;
  const { signal } = hooks;
  const ending = new Ending(workshop, job);

  signal?.throwIfAborted();
  hooks.onProgress?.('compile', 0);
  const compiling = compiler.compile(source, signal, job.coverage === true);
  compiling.catch(() => undefined); // What it rejects with is told where it is awaited; the data may fail before.
  const bars = await openBars(workshop.columns, job);
  const input = 'code' in bars ? null : { memoryMb: limits.memoryMb, series: bars.series };
  if (input) sandbox.expect(input);
  let compiled: Compiled | null = null;
  try {
    compiled = await compiling;
  } finally {
    if (input && !compiled?.script) sandbox.forgo(input);
  }
  const { script, diagnostics } = compiled;
  if (!script) return ending.failed(doesNotCompile(diagnostics));
  if ('code' in bars || !input) return ending.failed(bars as Failure);

  hooks.onProgress?.('run', 0);
  const request = {
    kind: 'backtest',
    script: script.code,
    library: script.library,
    ...(script.marks && { marks: script.marks.places.length }),
    params: options.params,
    settings: options.settings,
    wallMs: limits.wallMs,
    outcomeBytes: limits.resultBytes,
    tapeBytes: tapeBytesOf(bars.series),
  } as const;
  const { reading, run, log, tape } = await runGuest(workshop, { input, script, request }, hooks);
  ending.keepLog(log);
  const { outcome } = reading;
  ending.keepRan(ranCode(script.marks, outcome?.ran ?? ''));
  const resolved = outcome && resolveParams(outcome.params, options.params);
  if (reading.failure || !resolved || 'errors' in resolved) {
    run.drop();
    return ending.failed(reading.failure ?? wrongParams(resolved && 'errors' in resolved ? resolved.errors : []));
  }

  hooks.onProgress?.('replay', 0);
  const manifest = manifestOf({
    ...{ dataset, options, from: bars.from, to: bars.to },
    symbols: bars.series.map(({ symbol }) => symbol),
    interval: bars.series[0]!.interval,
    prices: bars.series[0]!.prices,
    strategyHash: strategyHash(source),
    engineHash: sandbox.engineHash,
    params: { ...resolved.values },
  });
  const settled = await run.settle(
    {
      manifest,
      ...{ log: log.lines, logCut: log.isCut },
      guestEquity: outcome.finalEquity,
      strategyName: job.strategyName ?? outcome.name,
      manifestHash: manifestHash(manifest),
      dataset: dataset.info,
      absent: bars.absent,
      environment: ending.environment(),
    },
    limits.wallMs,
    signal,
  );
  sandbox.keepSpare(input);
  if (settled.kind === 'bad-result') return ending.failed(badResult(settled.message), manifest);
  hooks.onProgress?.('report', 1);
  const ledger = await noteTrial(job, settled.report);
  const strategy = { source, params: outcome.params };
  const report = { ...settled.report, strategy, ...(ledger && { ledger }), environment: ending.environment() };
  return ending.of(report, { series: input.series, settings: options.settings, tape });
}

/** How a run ends; where it does not succeed, with a report all the same, of what is known. */
class Ending {
  readonly #workshop: Workshop;
  readonly #job: BacktestJob;
  readonly #started = performance.now();
  #log: Pick<LogReader, 'lines' | 'isCut'> = { lines: [], isCut: false };
  #ran: RanCode | null = null;

  constructor(workshop: Workshop, job: BacktestJob) {
    this.#workshop = workshop;
    this.#job = job;
  }

  environment(): Report['environment'] {
    const { wall } = this.#workshop.sandbox;
    return { wall, milliseconds: performance.now() - this.#started, quarry: version };
  }

  keepLog(log: LogReader): void {
    this.#log = log;
  }

  keepRan(ran: RanCode | null): void {
    this.#ran = ran;
  }

  failed(failure: Failure, manifest: Manifest | null = null): BacktestOutcome {
    const report = failedReport({
      ...{ failure, manifest, log: this.#log.lines, logCut: this.#log.isCut },
      strategyName: this.#job.strategyName ?? this.#job.source.entry,
      manifestHash: manifest && manifestHash(manifest),
      environment: this.environment(),
    });
    return this.of(report, null);
  }

  of(report: Report, run: Parameters<Replayer['write']>[0]['run']): BacktestOutcome {
    const { replayer } = this.#workshop;
    const ran = this.#ran;
    return { report, ran, writeArtifacts: (directory) => replayer.write({ report, run, directory }) };
  }
}

function badResult(message: string): Failure {
  return { code: 'bad-result', message, position: null, diagnostics: [] };
}

function wrongParams(errors: readonly string[]): Failure {
  return { ...badResult(errors.join(' ')), code: 'bad-parameters' };
}
