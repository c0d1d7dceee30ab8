import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import type { Report, Run, RunEvent } from '@quarry/contracts';
import { failedReport } from '@quarry/runner';
import { deliver } from '../backtest/deliver.js';
import type { StrategyOnDisk } from '../backtest/failure-words.js';
import { logLine } from '../backtest/log-words.js';
import type { Config } from '../config.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { paint } from '../terminal/paint.js';
import { Progress } from '../terminal/progress.js';
import type { ApiClient } from './api-client.js';
import { download } from './download.js';
import { followRun } from './follow-run.js';

interface Seen {
  readonly client: ApiClient;
  /** Null where its files do not lie on this machine. */
  readonly strategy: StrategyOnDisk | null;
  readonly flags: { readonly out?: string; readonly json?: boolean };
  readonly config: Config;
  readonly signal: AbortSignal;
}

/** Follows a run to its end, with its progress and its log, and tells how it ended. Whoever interrupts is asked what becomes of it. */
export async function seeThrough(runId: string, seen: Seen): Promise<ExitCode> {
  const { client, config, signal } = seen;
  const progress = new Progress();
  let logWasTold = false;
  try {
    for await (const event of followRun(client, runId, signal)) {
      if (event.type === 'progress') progress.show(event.phase, event.done);
      if (event.type !== 'log') continue;
      progress.end();
      process.stderr.write(logText(event, config));
      logWasTold = true;
    }
    return await tellEnd(await client.ask('run', { at: { id: runId } }), seen, { progress, logWasTold });
  } catch (error) {
    if (!signal.aborted) throw error;
    progress.end();
    await leave(runId, client);
    return exitCodes.interrupted;
  } finally {
    progress.end();
  }
}

function logText({ lines }: Extract<RunEvent, { type: 'log' }>, { colour }: Config): string {
  return lines.map((line) => `${logLine(line, paint(colour && process.stderr.isTTY))}\n`).join('');
}

async function tellEnd(
  run: Run,
  { client, ...told }: Seen,
  shown: { readonly progress: Progress; readonly logWasTold: boolean },
): Promise<ExitCode> {
  if (run.state === 'cancelled') {
    process.stderr.write(`Run ${run.id} was cancelled.\n`);
    return exitCodes.interrupted;
  }
  if (run.kind !== 'backtest' && run.failure === null) {
    process.stderr.write(`Run ${run.id}, of the kind ${run.kind}, has ${run.state}.\n`);
    return exitCodes.ok;
  }
  if (run.reusedFrom !== null) {
    process.stderr.write('The same run had succeeded before: this is its report. --fresh runs it anew.\n');
  }
  const report = await reportOf(run, client);
  return deliver({ report, writeArtifacts: (folder) => download(client, run, folder) }, { ...told, ...shown });
}

/** A backtest's own; of a run that ended before there was anything to report on, or is none, how it failed. */
async function reportOf(run: Run, client: ApiClient): Promise<Report> {
  if (run.artifacts.some(({ name }) => name === 'report.json')) {
    const report = await client.ask('report', { at: { id: run.id } });
    if (report.schema === 'quarry.report/1') return report;
  }
  if (run.failure === null) throw new Error(`Run ${run.id} has succeeded without a report.`);
  return failedReport({
    strategyName: run.strategyName ?? '',
    failure: run.failure,
    manifest: null,
    manifestHash: run.manifestHash,
    log: [],
    logCut: false,
    environment: { wall: 'none', milliseconds: 0, quarry: '' },
  });
}

/** Asks at a terminal whether the run is to end too; elsewhere it goes on, as a service's work does. */
async function leave(runId: string, client: ApiClient): Promise<void> {
  const goesOn = `Run ${runId} goes on. Follow it again: quarry watch ${runId}\n`;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    process.stderr.write(goesOn);
    return;
  }
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  // A second Ctrl-C is no answer: the run goes on.
  const answer = await new Promise<string>((resolve) => {
    prompt.on('SIGINT', () => {
      resolve('');
    });
    void prompt.question('\nCancel the run too? [y/N] ').then(resolve, () => {
      resolve('');
    });
  });
  prompt.close();
  if (!/^y(es)?$/i.test(answer.trim())) {
    process.stderr.write(goesOn);
    return;
  }
  const { state } = await client.within(new AbortController().signal).ask('cancelRun', { at: { id: runId } });
  process.stderr.write(`Run ${runId} is ${state}.\n`);
}
