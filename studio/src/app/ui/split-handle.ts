import { Component, ElementRef, computed, inject, input, output } from '@angular/core';

const [least, most, step] = [0.12, 0.88, 0.04];

/** The line between two panes that stand over each other in the parent: drag it, or move it with the arrow keys. */
@Component({
  selector: 'q-split-handle',
  host: {
    role: 'separator',
    tabindex: '0',
    'aria-orientation': 'horizontal',
    '[attr.aria-label]': 'label()',
    '[attr.aria-valuenow]': 'percent()',
    '(pointerdown)': 'grab($event)',
    '(pointermove)': 'drag($event)',
    '(keydown.arrowup)': 'nudge(-1, $event)',
    '(keydown.arrowdown)': 'nudge(1, $event)',
  },
  template: '',
  styles: `
    :host {
      position: absolute;
      right: 0;
      left: 0;
      z-index: 5;
      height: 7px;
      margin-top: -3px;
      cursor: row-resize;
      touch-action: none;
    }
    :host::after {
      content: '';
      position: absolute;
      inset: 2px 0;
      transition: background 120ms;
    }
    :host(:hover)::after,
    :host(:focus-visible)::after {
      background: var(--accent);
    }
    :host(:focus-visible) {
      outline: none;
    }
  `,
})
export class SplitHandle {
  readonly label = input.required<string>();
  /** Height of the upper pane as a fraction of the parent's. */
  readonly share = input.required<number>();
  readonly moved = output<number>();
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly percent = computed(() => Math.round(this.share() * 100));

  protected grab(event: PointerEvent): void {
    this.element.setPointerCapture(event.pointerId);
  }

  protected drag({ pointerId, clientY }: PointerEvent): void {
    if (!this.element.hasPointerCapture(pointerId)) return;
    const { top, height } = this.element.parentElement?.getBoundingClientRect() ?? { top: 0, height: 1 };
    this.move((clientY - top) / height);
  }

  protected nudge(direction: number, event: Event): void {
    event.preventDefault();
    this.move(this.share() + direction * step);
  }

  private move(share: number): void {
    this.moved.emit(Math.min(most, Math.max(least, share)));
  }
}
