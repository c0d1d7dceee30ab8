import { Component, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Strategy } from '@quarry/contracts';
import { Icon } from '../ui/icon';

@Component({
  selector: 'q-strategy-list',
  imports: [Icon, RouterLink],
  template: `
    <header>
      <h2 id="strategies">Strategies</h2>
      <button type="button" class="tool" aria-label="New strategy" title="New strategy" (click)="create.emit()">
        <q-icon name="plus" />
      </button>
    </header>
    <ul aria-labelledby="strategies">
      @for (strategy of strategies(); track strategy.id) {
        <li>
          <a
            [routerLink]="['/strategies', strategy.id]"
            [attr.aria-current]="strategy.id === selected() ? 'page' : null"
          >
            <span class="name">{{ strategy.name }}</span>
            @if (strategy.id === selected() && dirty()) {
              <span class="dot" title="Unsaved edits" aria-label="unsaved edits"></span>
            }
            <span class="figure faint">v{{ strategy.versionCount }}</span>
          </a>
        </li>
      } @empty {
        <li class="faint none">{{ strategies() === null ? 'Loading…' : 'None yet. Make the first one.' }}</li>
      }
    </ul>
  `,
  styleUrl: './side-list.scss',
})
export class StrategyList {
  readonly strategies = input.required<readonly Strategy[] | null>();
  readonly selected = input.required<string | null>();
  readonly dirty = input.required<boolean>();
  readonly create = output();
}
