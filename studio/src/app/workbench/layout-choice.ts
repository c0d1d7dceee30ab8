import { Component, input, output } from '@angular/core';
import { Icon } from '../ui/icon';
import type { IconName } from '../ui/icon';

export type Layout = 'code' | 'split' | 'report';

const choices: readonly { readonly layout: Layout; readonly icon: IconName; readonly label: string }[] = [
  { layout: 'code', icon: 'code', label: 'Code only' },
  { layout: 'split', icon: 'split', label: 'Code and report' },
  { layout: 'report', icon: 'report', label: 'Report only' },
];

@Component({
  selector: 'q-layout-choice',
  imports: [Icon],
  host: { role: 'group', 'aria-label': 'Layout' },
  template: `
    @for (choice of choices; track choice.layout) {
      <button
        type="button"
        [attr.aria-label]="choice.label"
        [title]="choice.label"
        [attr.aria-pressed]="choice.layout === layout()"
        (click)="changed.emit(choice.layout)"
      >
        <q-icon [name]="choice.icon" />
      </button>
    }
  `,
  styles: `
    :host {
      display: flex;
      padding: 2px;
      border: 1px solid var(--line);
      border-radius: 7px;
      background: var(--bg);
    }
    button {
      display: grid;
      place-items: center;
      width: 30px;
      height: 24px;
      border: 0;
      border-radius: 5px;
      background: none;
      color: var(--faint);
      cursor: pointer;
    }
    button:hover {
      color: var(--text);
    }
    button[aria-pressed='true'] {
      background: var(--line);
      color: var(--text);
    }
  `,
})
export class LayoutChoice {
  readonly layout = input.required<Layout>();
  readonly changed = output<Layout>();
  protected readonly choices = choices;
}
