import { Component, computed, input } from '@angular/core';

const paths = {
  play: 'M7 4.5v15l12-7.5z',
  stop: 'M6.5 6.5h11v11h-11z',
  again: 'M20 11a8 8 0 1 0-2.3 6.3M20 5v6h-6',
  plus: 'M12 5v14M5 12h14',
  upload: 'M12 16V4M7 9l5-5 5 5M4 20h16',
  download: 'M12 4v12M7 11l5 5 5-5M4 20h16',
  check: 'M5 12.5l4.5 4.5L19 7',
  close: 'M6 6l12 12M18 6L6 18',
  warning: 'M12 4L2.5 20h19zM12 10v4.5M12 17.2v.3',
  code: 'M8.5 7L3 12l5.5 5M15.5 7L21 12l-5.5 5',
  split: 'M4 4.5h16v15H4zM4 12h16',
  report: 'M4 20V11M10 20V4M16 20v-7M21 20H3',
  history: 'M12 7v5l3.5 2M12 3.5a8.5 8.5 0 1 1-8 5.7M4 3.5v5.7h5.7',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 20.5a7.5 7.5 0 0 1 15 0',
  chevron: 'M8 10l4 4 4-4',
  data: 'M4 6c0-3.3 16-3.3 16 0v12c0 3.3-16 3.3-16 0zM4 6c0 3.3 16 3.3 16 0M4 12c0 3.3 16 3.3 16 0',
} as const;

export type IconName = keyof typeof paths;

/** A small line drawing beside a word; meaningless alone, so hidden from screen readers. */
@Component({
  selector: 'q-icon',
  host: { 'aria-hidden': 'true' },
  template: `<svg viewBox="0 0 24 24"><path [attr.d]="path()" /></svg>`,
  styles: `
    :host {
      display: inline-flex;
      width: 1.15em;
      height: 1.15em;
      flex: none;
      vertical-align: -0.2em;
    }
    svg {
      width: 100%;
      height: 100%;
      fill: none;
      stroke: currentColor;
      stroke-width: 1.75;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
  `,
})
export class Icon {
  readonly name = input.required<IconName>();
  protected readonly path = computed(() => paths[this.name()]);
}
