import { Component, computed, input } from '@angular/core';
import {
  actionsInWords,
  costsInWords,
  dataInWords,
  hashesInWords,
  paramsInWords,
  pricesInWords,
  settingsInWords,
} from '@quarry/contracts';
import type { Report } from '@quarry/contracts';
import { WordTable } from './word-table';

/** What was run: data, settings, costs, parameters, and the hashes that name it. */
@Component({
  selector: 'q-setup-panel',
  imports: [WordTable],
  template: `
    @for (table of tables(); track table.title) {
      <q-word-table [title]="table.title" [rows]="table.rows" />
    }
  `,
  styles: `
    :host {
      display: block;
      columns: 360px;
      column-gap: 32px;
    }
  `,
})
export class SetupPanel {
  readonly report = input.required<Report>();

  protected readonly tables = computed(() => {
    const { manifest, manifestHash, orderListHash, costs, actions } = this.report();
    if (manifest === null) return [];
    return [
      {
        title: 'Settings and costs',
        rows: [...dataInWords(manifest), ...pricesInWords(manifest), ...settingsInWords(manifest.settings)],
      },
      { title: 'Splits, dividends, delistings', rows: actionsInWords(actions) },
      { title: 'Costs paid', rows: costsInWords(costs) },
      { title: 'Parameters', rows: paramsInWords(manifest.params) },
      { title: 'Hashes: equal hashes, equal run', rows: hashesInWords(manifest, manifestHash, orderListHash) },
    ].filter(({ rows }) => rows.length > 0);
  });
}
