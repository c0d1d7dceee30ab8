import { Component, computed, input, output } from '@angular/core';
import { figure } from '@quarry/contracts';
import type { JsonNumber, Run, RunState, StrategyVersion } from '@quarry/contracts';
import { ago, toneOf } from '../ui/format';
import type { Tone } from '../ui/format';

const words = {
  queued: 'queued',
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
} satisfies Record<RunState, string>;

/** The runs of a strategy, newest first, each with the version that ran and what came of it. */
@Component({
  selector: 'q-run-history',
  template: `
    <header><h2 id="runs">Runs</h2></header>
    <ul aria-labelledby="runs">
      @for (row of rows(); track row.run.id) {
        <li>
          <button
            type="button"
            class="item"
            [attr.aria-current]="row.run.id === selected() ? 'true' : null"
            (click)="pick.emit(row.run)"
          >
            <i [class]="row.run.state" [title]="row.state"></i>
            <span class="name">
              <span class="what">{{ row.run.datasetName }}</span>
              <span class="when faint">{{ row.version }} · {{ row.when }}</span>
            </span>
            <span class="result figure" [class]="row.tone">{{ row.result }}</span>
          </button>
        </li>
      } @empty {
        <li class="faint none">{{ runs() === null ? 'Loading…' : 'No runs of this strategy yet.' }}</li>
      }
    </ul>
  `,
  styleUrls: ['./side-list.scss', './run-history.scss'],
})
export class RunHistory {
  readonly runs = input.required<readonly Run[] | null>();
  readonly versions = input.required<readonly StrategyVersion[]>();
  readonly selected = input.required<string | null>();
  readonly pick = output<Run>();

  protected readonly rows = computed(() => {
    const now = Date.now();
    const numbers = new Map(this.versions().map(({ hash, number }) => [hash, number]));
    return (this.runs() ?? []).map((run) => ({
      run,
      state: words[run.state],
      when: ago(run.createdAt, now),
      version: `v${numbers.get(run.strategyVersion ?? '') ?? '?'}`,
      ...outcome(run),
    }));
  });
}

/** Total return of a success; the state in words otherwise. */
function outcome(run: Run): { result: string; tone: Tone | 'faint' } {
  if (run.state !== 'succeeded') return { result: words[run.state], tone: run.state === 'failed' ? 'loss' : 'faint' };
  const total = (run.headline?.['totalReturn'] ?? 'NaN') as JsonNumber;
  return { result: figure(total, 'fraction'), tone: toneOf(total) };
}
