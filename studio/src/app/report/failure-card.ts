import { Component, computed, input, output } from '@angular/core';
import type { Failure, FailureCode, SourcePosition } from '@quarry/contracts';
import { Icon } from '../ui/icon';

const titles = {
  'does-not-compile': 'The strategy does not compile',
  threw: 'The strategy threw an error',
  'timed-out': 'The run took too long and was ended',
  'out-of-memory': 'The run used too much memory and was ended',
  crashed: 'The process of this run crashed',
  poisoned: 'The strategy changed what it may only read',
  'bad-result': 'The result did not pass its checks',
  'result-too-large': 'The result is too large',
  'bad-parameters': 'A parameter or setting does not fit',
  'bad-selection': 'The choice of data does not fit',
  'no-such-dataset': 'The dataset is missing',
  'data-refused': 'The data were refused',
  'bad-query': 'The query cannot be run',
  'engine-changed': 'Quarry was updated while the run went on',
  'past-deadline': 'The run did not end by its deadline',
} satisfies Record<FailureCode, string>;

/** A failure in words, with the places to look at. A click on a place jumps there. */
@Component({
  selector: 'q-failure-card',
  imports: [Icon],
  template: `
    <div class="card" role="alert">
      <q-icon name="warning" />
      <div>
        <h3>{{ title() }}</h3>
        @if (message(); as message) {
          <p class="message">{{ message }}</p>
        }
        <ul>
          @for (place of places(); track $index) {
            <li>
              @if (jumps()) {
                <button type="button" class="figure" (click)="jump.emit(place)">
                  {{ place.file }}:{{ place.line }}:{{ place.column }}
                </button>
              } @else {
                <span class="figure muted">{{ place.file }}:{{ place.line }}:{{ place.column }}</span>
              }
              <span>{{ place.message }}</span>
              <span class="figure faint">{{ place.code }}</span>
            </li>
          }
        </ul>
      </div>
    </div>
  `,
  styleUrl: './failure-card.scss',
})
export class FailureCard {
  readonly failure = input.required<Failure>();
  readonly jumps = input(true);
  readonly jump = output<SourcePosition>();

  protected readonly title = computed(() => titles[this.failure().code]);
  /** Where the list below begins with the same words, once is enough. */
  protected readonly message = computed(() => {
    const { message, diagnostics } = this.failure();
    return message === diagnostics[0]?.message ? '' : message;
  });
  protected readonly places = computed(() => {
    const { position, diagnostics } = this.failure();
    if (diagnostics.length > 0) return diagnostics.filter(({ severity }) => severity === 'error');
    return position ? [{ ...position, message: '', code: '' }] : [];
  });
}
