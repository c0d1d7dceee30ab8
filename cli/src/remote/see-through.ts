import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { figure, type Run, type RunEvent, type RunReport } from '@quarry/contracts';
import { failedReport } from '@quarry/runner';
import { deliver } from '../backtest/deliver.js';
import type { StrategyOnDisk } from '../backtest/failure-words.js';
import { logLine } from '../backtest/log-words.js';
import type { Config } from '../config.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { deliverProof } from '../prove/deliver-proof.js';
import { deliverReport } from '../terminal/deliver-report.js';
import { paint } from '../terminal/paint.js';
import { Progress } from '../terminal/progress.js';
import { tellFailure } from '../terminal/tell-failure.js';
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
  /** How many of the best trials of a sweep are printed, if not as many as usual. */
  readonly top?: number;
}

/** Follows a run to its end, with its progress and its log, and tells how it ended. Whoever interrupts is asked what becomes of it. */
export async function seeThrough(runId: string, seen: Seen): Promise<ExitCode> {
  const { client, config, signal } = seen;
  const progress = new Progress();
  let logWasTold = false;
  try {
    for await (const event of followRun(client, runId, signal)) {
      if (event.type === 'progress') progress.show(phaseText(event), event.done);
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

/** `130 of 390 so far, best 1.23` */
function phaseText({ phase, slices }: Extract<RunEvent, { type: 'progress' }>): string {
  if (!slices) return phase;
  const best = slices.best ? `, best ${figure(slices.best.value, 'ratio')}` : '';
  return `${slices.done} of ${slices.total} so far${best}`;
}

function logText({ lines }: Extract<RunEvent, { type: 'log' }>, { colour }: Config): string {
  return lines.map((line) => `${logLine(line, paint(colour && process.stderr.isTTY))}\n`).join('');
}

/** Tells how a run ended, as its command does where it runs on this machine. */
async function tellEnd(
  run: Run,
  { client, ...told }: Seen,
  shown: { readonly progress: Progress; readonly logWasTold: boolean },
): Promise<ExitCode> {
  if (run.state === 'cancelled') {
    process.stderr.write(`Run ${run.id} was cancelled.\n`);
    return exitCodes.interrupted;
  }
  if (run.reusedFrom !== null) {
    process.stderr.write('The same run had succeeded before: this is its report. --fresh runs it anew.\n');
  }
  const report = await reportOf(run, client);
  if (report === null) {
    if (run.failure) return tellFailure(run.failure, told);
    process.stderr.write(`Run ${run.id}, of the kind ${run.kind}, has ${run.state}.\n`);
    return exitCodes.ok;
  }
  const writeArtifacts = (folder: string): Promise<void> => download(client, run, folder);
  switch (report.schema) {
    case 'quarry.report/1':
      return deliver({ report, writeArtifacts }, { ...told, ...shown });
    case 'quarry.proof/1':
      shown.progress.end();
      return deliverProof(report, told);
    default:
      await deliverReport({ report, writeArtifacts }, { ...told, ...shown });
      // A sweep of which every trial failed has a report all the same.
      return run.failure ? tellFailure(run.failure, { ...told, flags: {} }) : exitCodes.ok;
  }
}

/** What it left; null where it left none. Of a backtest that ended before there was anything to report on, how it failed. */
async function reportOf(run: Run, client: ApiClient): Promise<RunReport | null> {
  if (run.artifacts.some(({ name }) => name === 'report.json')) {
    return client.ask('report', { at: { id: run.id } });
  }
  if (run.kind !== 'backtest' || run.failure === null) return null;
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
  const goesOn = `Run ${runId} goes on. Follow it again: quarry watch ${runId}\nEnd it: quarry cancel ${runId}\n`;
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
