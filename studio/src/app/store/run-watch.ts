import { Injectable, computed, inject, signal, type OnDestroy } from '@angular/core';
import type { AnyReport, Run, RunEvent, TrialPoint } from '@quarry/contracts';
import { QuarryApi } from '../api/quarry-api';
import { followRun } from '../api/run-events';

/** A search or simulation being looked at: live while it goes, its report once it has ended. */
@Injectable()
export class RunWatch implements OnDestroy {
  private readonly api = inject(QuarryApi);
  private stopFollowing: () => void = () => undefined;
  private readonly byIndex = signal<ReadonlyMap<number, TrialPoint>>(new Map());

  readonly run = signal<Run | null>(null);
  readonly report = signal<AnyReport | null>(null);
  /** Share of 1; null until something is known. */
  readonly done = signal<number | null>(null);
  readonly trials = computed(() => [...this.byIndex().values()]);

  async open(id: string): Promise<void> {
    this.ngOnDestroy();
    this.byIndex.set(new Map());
    this.report.set(null);
    this.done.set(null);
    await this.read(id);
    this.stopFollowing = followRun(id, (event) => this.take(id, event));
  }

  ngOnDestroy(): void {
    this.stopFollowing();
  }

  private take(id: string, event: RunEvent): void {
    if (event.type === 'trials') {
      this.byIndex.update(
        (known) => new Map([...known, ...event.trials.map((trial) => [trial.index, trial] as const)]),
      );
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
