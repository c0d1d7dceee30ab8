import { Component, computed, input, output } from '@angular/core';
import { MatProgressBar } from '@angular/material/progress-bar';
import { waitingInWords } from '@quarry/contracts';
import type { Run, RunState } from '@quarry/contracts';
import type { Progress } from '../store/run-desk';

const words = {
  queued: 'Queued',
  running: 'Running',
  succeeded: 'Succeeded',
  failed: 'Failed',
  cancelled: 'Cancelled',
} satisfies Record<RunState, string>;

/** One line on the run being looked at: state, data, the version that ran, time taken. */
@Component({
  selector: 'q-run-status',
  imports: [MatProgressBar],
  template: `
    <div class="line" role="status" aria-label="Run status">
      <i [class]="run().state"></i>
      <strong>{{ words[run().state] }}</strong>
      @if (why(); as why) {
        <span class="muted">{{ why }}</span>
      }
      @if (live() && progress(); as progress) {
        <span class="muted">{{ progress.phase }}</span>
        <span class="figure muted">{{ percent() }}</span>
      }
      <span class="muted on">on {{ run().datasetName }}</span>
      @if (version(); as version) {
        <button type="button" (click)="openCode.emit()">code v{{ version }}</button>
      }
      @if (took(); as took) {
        <span class="figure faint">{{ took }}</span>
      }
      @if (run().reusedFrom) {
        <span class="chip" title="An equal run had already succeeded. Run again computes it anew.">reused result</span>
      }
    </div>
    @if (live()) {
      <mat-progress-bar
        aria-label="Progress"
        [mode]="progress() ? 'determinate' : 'indeterminate'"
        [value]="(progress()?.done ?? 0) * 100"
      />
    }
  `,
  styleUrl: './run-status.scss',
})
export class RunStatus {
  readonly run = input.required<Run>();
  readonly live = input.required<boolean>();
  readonly progress = input.required<Progress | null>();
  /** Number of the version that ran. */
  readonly version = input.required<number | null>();
  readonly openCode = output();

  protected readonly words = words;
  /** Why it waits, as far as that was asked. */
  protected readonly why = computed(() => {
    const { state, waiting } = this.run();
    if (state !== 'queued') return null;
    return waiting ? waitingInWords(waiting) : 'waiting for its turn';
  });
  protected readonly percent = computed(() => `${Math.floor((this.progress()?.done ?? 0) * 100)}%`);
  protected readonly took = computed(() => {
    const { startedAt, finishedAt } = this.run();
    if (!startedAt || !finishedAt) return null;
    const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
    return seconds < 10 ? `${seconds.toFixed(2)} s` : `${seconds.toFixed(0)} s`;
  });
}
