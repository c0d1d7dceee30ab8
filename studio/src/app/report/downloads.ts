import { Component, computed, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import type { Run } from '@quarry/contracts';
import { artifactPath } from '../api/quarry-api';
import { bytes } from '../ui/format';
import { Icon } from '../ui/icon';

const described: Readonly<Record<string, string>> = {
  'report.html': 'Report, one HTML page',
  'report.json': 'Report, JSON',
  'trades.csv': 'Trades, CSV',
  'equity.csv': 'Equity, CSV',
  'trades.parquet': 'Trades, Parquet',
  'equity.parquet': 'Equity, Parquet',
  'orders.parquet': 'Orders, Parquet',
  'fills.parquet': 'Fills, Parquet',
};

/** What a run left behind, to take away. */
@Component({
  selector: 'q-downloads',
  imports: [Icon, MatButton, MatMenu, MatMenuItem, MatMenuTrigger],
  template: `
    @if (files().length > 0) {
      <button matButton="outlined" type="button" [matMenuTriggerFor]="menu"><q-icon name="download" />Download</button>
      <mat-menu #menu xPosition="before">
        @for (file of files(); track file.name) {
          <a mat-menu-item [href]="file.href" [download]="file.name">
            <span class="row">
              <span>{{ file.words }}</span>
              <span class="figure faint">{{ file.size }}</span>
            </span>
          </a>
        }
      </mat-menu>
    }
  `,
  styles: `
    .row {
      display: flex;
      gap: 24px;
      justify-content: space-between;
      min-width: 220px;
    }
    .figure {
      font-size: 11.5px;
    }
  `,
})
export class Downloads {
  readonly run = input.required<Run>();

  protected readonly files = computed(() => {
    const { id, artifacts } = this.run();
    const order = Object.keys(described);
    return artifacts
      .filter(({ name }) => name in described)
      .toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
      .map(({ name, bytes: count }) => ({
        name,
        words: described[name],
        size: bytes(count),
        href: artifactPath(id, name),
      }));
  });
}
