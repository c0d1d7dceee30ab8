import { Injectable, computed, inject, signal } from '@angular/core';
import type { Failure, LogLine, Report, Run, RunEvent } from '@quarry/contracts';
import { QuarryApi } from '../api/quarry-api';
import type { RunOrder } from '../api/quarry-api';
import { followRun } from '../api/run-events';
import { SessionStore } from './session-store';

export interface Progress {
  readonly phase: string;
  readonly done: number;
}

const endStates = ['succeeded', 'failed', 'cancelled'];

/** The run being looked at, live or finished, and the runs before it. */
@Injectable({ providedIn: 'root' })
export class RunDesk {
  private readonly api = inject(QuarryApi);
  private strategyId: string | null = null;
  private stopFollowing: () => void = () => undefined;

  readonly history = signal<readonly Run[] | null>(null);
  readonly run = signal<Run | null>(null);
  readonly report = signal<Report | null>(null);
  readonly log = signal<readonly LogLine[]>([]);
  readonly progress = signal<Progress | null>(null);
  /** Why a run was not even started: the version's check found errors. */
  readonly refused = signal<Failure | null>(null);

  readonly live = computed(() => {
    const run = this.run();
    return run !== null && !endStates.includes(run.state);
  });
  readonly failure = computed(() => this.refused() ?? this.run()?.failure ?? this.report()?.failure ?? null);

  constructor() {
    inject(SessionStore).whenForgotten(() => this.open(null));
  }

  /** The desk is of this strategy from now on: answers about another's runs no longer reach it. */
  open(strategyId: string | null): void {
    this.clear();
    this.strategyId = strategyId;
    this.history.set(null);
  }

  async loadHistory(strategyId: string): Promise<void> {
    const runs = await this.api.runs(strategyId);
    if (this.strategyId !== strategyId) return;
    this.history.set(runs.filter(({ kind }) => kind === 'backtest'));
  }

  clear(): void {
    this.stopFollowing();
    this.run.set(null);
    this.reset();
  }

  refuse(failure: Failure): void {
    this.clear();
    this.refused.set(failure);
  }

  async show(runId: string): Promise<void> {
    const { strategyId } = this;
    const run = await this.api.run(runId);
    if (this.strategyId === strategyId) await this.watch(run);
  }

  /** Starts a run, and shows it if its strategy is still the one on the desk. */
  async start(strategyId: string, order: RunOrder): Promise<void> {
    const run = await this.api.startRun({ ...order, strategyId });
    if (this.strategyId === strategyId) await this.watch(run);
  }

  /** The same strategy version, data and options once more, computed anew. */
  async again(): Promise<void> {
    const { strategyId } = this;
    const run = this.run();
    if (!strategyId || !run?.strategyVersion || !run.datasetId || !run.options) return;
    const { strategyVersion, datasetId, options } = run;
    await this.start(strategyId, { kind: 'backtest', strategyVersion, datasetId, options, fresh: true });
  }

  async cancel(): Promise<void> {
    const run = this.run();
    if (run) await this.api.cancelRun(run.id);
  }

  private async watch(run: Run): Promise<void> {
    this.stopFollowing();
    this.reset();
    this.put(run);
    if (run.state === 'succeeded') return this.readReport(run.id);
    this.stopFollowing = followRun(run.id, (event) => this.take(run.id, event));
  }

  private take(runId: string, event: RunEvent): void {
    if (event.type === 'progress') this.progress.set(event);
    if (event.type === 'log') this.log.update((lines) => [...lines, ...event.lines]);
    if (event.type !== 'state') return;
    const run = this.run();
    if (run) this.put({ ...run, state: event.state, failure: event.failure });
    if (!endStates.includes(event.state)) return;
    this.stopFollowing();
    void this.finish(runId);
  }

  private async finish(runId: string): Promise<void> {
    const run = await this.api.run(runId);
    if (this.run()?.id !== runId) return;
    this.put(run);
    this.progress.set(null);
    if (run.state === 'succeeded') await this.readReport(runId);
  }

  private async readReport(runId: string): Promise<void> {
    const report = await this.api.report(runId);
    if (this.run()?.id !== runId) return;
    this.report.set(report);
    this.log.set(report.log);
  }

  private put(run: Run): void {
    this.run.set(run);
    this.history.update((runs) => {
      const known = runs?.some(({ id }) => id === run.id);
      return known ? (runs ?? []).map((one) => (one.id === run.id ? run : one)) : [run, ...(runs ?? [])];
    });
  }

  private reset(): void {
    this.report.set(null);
    this.log.set([]);
    this.progress.set(null);
    this.refused.set(null);
  }
}
