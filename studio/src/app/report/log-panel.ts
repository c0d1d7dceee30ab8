import { CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import { Component, input, output } from '@angular/core';
import { moment } from '@quarry/contracts';
import type { LogLine, SourcePosition } from '@quarry/contracts';

/** What the strategy wrote with `console`, beside the place that wrote it. */
@Component({
  selector: 'q-log-panel',
  imports: [CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport],
  template: `
    @if (lines().length === 0) {
      <div class="empty">
        <strong>No log</strong>
        <p>What a strategy writes with <code>console.log</code> appears here and behind the line that wrote it.</p>
      </div>
    } @else {
      <cdk-virtual-scroll-viewport itemSize="24" role="log" aria-label="Strategy log" tabindex="0">
        <div *cdkVirtualFor="let line of lines()" class="line figure" [class]="line.level">
          <span class="faint">{{ line.time === null ? '' : moment(line.time) }}</span>
          <span class="text" [title]="line.text">{{ line.text }}</span>
          @if (line.file !== null && line.line !== null) {
            <button type="button" (click)="jump.emit({ file: line.file, line: line.line, column: 1 })">
              {{ line.file }}:{{ line.line }}
            </button>
          }
        </div>
      </cdk-virtual-scroll-viewport>
      @if (cut()) {
        <p class="faint">The log was cut here: a run keeps at most 10,000 lines or 1 MB.</p>
      }
    }
  `,
  styleUrl: './log-panel.scss',
})
export class LogPanel {
  readonly lines = input.required<readonly LogLine[]>();
  readonly cut = input(false);
  readonly jump = output<SourcePosition>();
  protected readonly moment = moment;
}
