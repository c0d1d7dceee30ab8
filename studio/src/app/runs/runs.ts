import { Component, DestroyRef, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField } from '@angular/material/form-field';
import { MatOption, MatSelect } from '@angular/material/select';
import { RouterLink } from '@angular/router';
import { kindWords, outcomeInWords, runStates, type Run, type RunKind, type RunState } from '@quarry/contracts';
import { Attempt } from '../api/attempt';
import { QuarryApi } from '../api/quarry-api';
import { ago } from '../ui/format';
import { RunComparison } from './run-comparison';
import { addressOf, isLive } from './run-words';
import { Schedules } from './schedules';

const page = 50;
/** While a run goes on, its row is read again so often. */
const everyMs = 1_500;

/** The team's runs, newest first, those under way with their progress. */
@Component({
  selector: 'q-runs',
  imports: [MatButton, MatFormField, MatOption, MatSelect, RouterLink, RunComparison, Schedules],
  templateUrl: './runs.html',
  styleUrls: ['../ui/page.scss', './runs.scss'],
})
export class RunsPage {
  private readonly api = inject(QuarryApi);
  protected readonly attempt = new Attempt();
  protected readonly kinds = Object.entries(kindWords).map(([value, text]) => ({ value: value as RunKind, text }));
  protected readonly states = runStates;
  protected readonly kind = signal<RunKind | null>(null);
  protected readonly state = signal<RunState | null>(null);
  private readonly runs = signal<readonly Run[] | null>(null);
  protected readonly isWhole = signal(false);
  /** The run whose repetition is being asked for. */
  protected readonly repeated = signal<Run | null>(null);
  /** The backtests that are held against each other, in the order in which they were chosen. */
  protected readonly compared = signal<readonly Run[]>([]);
  private asked = 0;

  protected readonly rows = computed(() => {
    const now = Date.now();
    return this.runs()?.map((run) => ({
      run,
      kind: kindWords[run.kind],
      outcome: outcomeInWords(run),
      address: addressOf(run),
      when: ago(run.createdAt, now),
      isLive: isLive(run),
      share: run.progress ? run.progress.done / run.progress.total : null,
    }));
  });

  constructor() {
    void this.load();
    const timer = setInterval(() => {
      if (this.runs()?.some(isLive)) void this.refresh();
    }, everyMs);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  protected async choose(filter: { kind?: RunKind | null; state?: RunState | null }): Promise<void> {
    if (filter.kind !== undefined) this.kind.set(filter.kind);
    if (filter.state !== undefined) this.state.set(filter.state);
    await this.load();
  }

  protected isCompared({ id }: Run): boolean {
    return this.compared().some((one) => one.id === id);
  }

  protected compare(run: Run): void {
    const others = this.compared().filter(({ id }) => id !== run.id);
    this.compared.set(others.length < this.compared().length ? others : [...others, run]);
  }

  protected async more(): Promise<void> {
    const known = this.runs() ?? [];
    await this.attempt.at(async () =>
      this.show([...known, ...(await this.read(page, known.at(-1)?.id))], known.length + page),
    );
  }

  protected async cancel({ id }: Run): Promise<void> {
    await this.attempt.at(() => this.api.cancelRun(id));
    await this.refresh();
  }

  protected async retry({ id }: Run): Promise<void> {
    await this.attempt.at(() => this.api.retryRun(id));
    await this.refresh();
  }

  private async load(): Promise<void> {
    const mine = ++this.asked;
    await this.attempt.at(async () => {
      const runs = await this.read(page);
      if (mine === this.asked) this.show(runs, page);
    });
  }

  /** As many as are shown, read anew; without a word where that fails: the next time may do. */
  private async refresh(): Promise<void> {
    const mine = ++this.asked;
    const shown = Math.min(500, Math.max(page, this.runs()?.length ?? 0));
    const runs = await this.read(shown).catch(() => null);
    if (runs && mine === this.asked) this.show(runs, shown);
  }

  private read(limit: number, before?: string): Promise<Run[]> {
    return this.api.teamRuns({ kind: this.kind(), state: this.state(), before }, limit);
  }

  private show(runs: readonly Run[], asked: number): void {
    this.runs.set(runs);
    this.isWhole.set(runs.length < asked);
  }
}
