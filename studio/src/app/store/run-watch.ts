import { Injectable, computed, inject, signal, type OnDestroy } from '@angular/core';
import type { AnyReport, PathPoint, Run, RunEvent, TrialPoint } from '@quarry/contracts';
import { QuarryApi } from '../api/quarry-api';
import { followRun } from '../api/run-events';

/** A search or simulation being looked at: live while it goes, its report once it has ended. */
@Injectable()
export class RunWatch implements OnDestroy {
  private readonly api = inject(QuarryApi);
  private stopFollowing: () => void = () => undefined;
  private readonly trialByIndex = signal<ReadonlyMap<number, TrialPoint>>(new Map());
  private readonly pathByIndex = signal<ReadonlyMap<number, PathPoint>>(new Map());

  readonly run = signal<Run | null>(null);
  readonly report = signal<AnyReport | null>(null);
  /** Share of 1; null until something is known. */
  readonly done = signal<number | null>(null);
  readonly trials = computed(() => [...this.trialByIndex().values()]);
  readonly paths = computed(() => [...this.pathByIndex().values()]);
  /** Of the paths' levels. */
  readonly steps = signal<readonly number[]>([]);

  async open(id: string): Promise<void> {
    this.ngOnDestroy();
    this.trialByIndex.set(new Map());
    this.pathByIndex.set(new Map());
    this.report.set(null);
    this.done.set(null);
    await this.read(id);
    this.stopFollowing = followRun(id, (event) => this.take(id, event));
  }

  ngOnDestroy(): void {
    this.stopFollowing();
  }

  private take(id: string, event: RunEvent): void {
    if (event.type === 'trials') this.trialByIndex.update((known) => withMore(known, event.trials));
    if (event.type === 'paths') {
      this.steps.set(event.steps);
      this.pathByIndex.update((known) => withMore(known, event.paths));
    }
    if (event.type === 'progress') {
      this.done.set(event.done);
      const { slices } = event;
      if (slices) this.run.update((run) => run && { ...run, progress: slices });
    }
    if (event.type === 'state') void this.read(id);
  }

  private async read(id: string): Promise<void> {
    const run = await this.api.run(id);
    this.run.set(run);
    const hasReport = run.artifacts.some(({ name }) => name === 'report.json');
    if (hasReport && run.kind !== 'prove' && !this.report()) this.report.set(await this.api.anyReport(id));
  }
}

function withMore<T extends { index: number }>(known: ReadonlyMap<number, T>, more: readonly T[]): Map<number, T> {
  return new Map([...known, ...more.map((one) => [one.index, one] as const)]);
}
