import { Component, input } from '@angular/core';

/** Beneath a field, what is wrong with what it holds; nothing where all is well. */
@Component({
  selector: 'q-flaw',
  template: `{{ text() }}`,
  host: { 'aria-live': 'polite' },
  styles: `
    :host {
      font-size: 11.5px;
      line-height: 1.35;
      color: var(--loss);
      &:empty {
        display: none;
      }
    }
  `,
})
export class Flaw {
  readonly text = input<string>();
}

/** A figure as its field shows it; an emptied or unfinished one is left to stand as it was typed. */
export function shownFigure(field: HTMLInputElement, value: number): string {
  if (field.valueAsNumber === value || Number.isNaN(value)) return field.value;
  return String(value);
}
