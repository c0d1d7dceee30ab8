import { Component, input } from '@angular/core';
import { MatProgressBar } from '@angular/material/progress-bar';

export interface ProgressSoFar {
  readonly phase: string;
  /** Share of 1; at its ends nothing is known of how far the phase is. */
  readonly done: number;
}

/** How far something is, and with what it is busy. */
@Component({
  selector: 'q-progress-line',
  imports: [MatProgressBar],
  host: { role: 'status' },
  template: `
    <mat-progress-bar
      [mode]="progress().done > 0 && progress().done < 1 ? 'determinate' : 'indeterminate'"
      [value]="progress().done * 100"
    />
    <span class="muted">{{ progress().phase }}</span>
  `,
  styles: `
    :host {
      display: grid;
      gap: 6px;
    }
  `,
})
export class ProgressLine {
  readonly progress = input.required<ProgressSoFar>();
}
