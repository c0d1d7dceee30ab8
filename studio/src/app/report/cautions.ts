import { Component, input } from '@angular/core';
import { Icon } from '../ui/icon';

/** What a reader should know before believing the result: the first at once, the rest on a click. */
@Component({
  selector: 'q-cautions',
  imports: [Icon],
  template: `
    @let all = warnings();
    <details [class.single]="all.length === 1">
      <summary>
        <q-icon name="warning" />
        <span>{{ all[0] }}</span>
        @if (all.length > 1) {
          <span class="more">and {{ all.length - 1 }} more<q-icon name="chevron" /></span>
        }
      </summary>
      <ul>
        @for (warning of all.slice(1); track $index) {
          <li>{{ warning }}</li>
        }
      </ul>
    </details>
  `,
  styles: `
    details {
      padding: 6px 12px;
      border-radius: var(--radius);
      background: rgb(217 164 65 / 8%);
      font-size: 12.5px;
      color: var(--warn);
    }
    summary {
      display: flex;
      gap: 9px;
      align-items: center;
      list-style: none;
      cursor: pointer;
    }
    .single summary {
      cursor: default;
    }
    .more {
      display: inline-flex;
      gap: 2px;
      align-items: center;
      margin-left: auto;
      white-space: nowrap;
      color: var(--muted);
    }
    ul {
      padding: 2px 0 2px 23px;
    }
  `,
})
export class Cautions {
  readonly warnings = input.required<readonly string[]>();
}
