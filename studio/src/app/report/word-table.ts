import { Component, input } from '@angular/core';
import type { WordRow } from '@quarry/contracts';

/** Names beside texts, such as settings. */
@Component({
  selector: 'q-word-table',
  template: `
    <h2>{{ title() }}</h2>
    <table>
      <tbody>
        @for (row of rows(); track $index) {
          <tr>
            <th scope="row">{{ row[0] }}</th>
            <td class="figure">{{ row[1] }}</td>
          </tr>
        }
      </tbody>
    </table>
  `,
  styles: `
    :host {
      display: block;
      break-inside: avoid;
      margin-bottom: 24px;
    }
    table {
      width: 100%;
      margin-top: 6px;
      border-collapse: collapse;
    }
    tr {
      border-bottom: 1px solid var(--line);
    }
    th {
      padding: 6px 16px 6px 0;
      font-weight: 400;
      text-align: left;
      vertical-align: top;
      white-space: nowrap;
    }
    td {
      padding: 6px 0;
      text-align: right;
      overflow-wrap: anywhere;
    }
  `,
})
export class WordTable {
  readonly title = input.required<string>();
  readonly rows = input.required<readonly WordRow[]>();
}
