import { Component, computed, input } from '@angular/core';
import { costsInWords, settingsInWords } from '@quarry/contracts';
import type { Report } from '@quarry/contracts';

const models = ['Commission', 'Spread', 'Slippage', 'Fill'];

/** What the result has paid, beside the result. */
@Component({
  selector: 'q-cost-line',
  template: `
    <p>
      <b>After costs:</b> {{ charged() }}.
      @if (paid(); as paid) {
        <span data-testid="costs-paid">Paid: {{ paid }}.</span>
      }
    </p>
  `,
  styles: `
    p {
      font-size: 12px;
      color: var(--muted);
    }
  `,
})
export class CostLine {
  readonly report = input.required<Report>();

  protected readonly charged = computed(() => {
    const { manifest } = this.report();
    return manifest === null
      ? 'not known'
      : settingsInWords(manifest.settings)
          .filter(([name]) => models.includes(name))
          .map(([name, text]) => `${name.toLowerCase()} ${text}`)
          .join(' · ');
  });
  protected readonly paid = computed(() =>
    costsInWords(this.report().costs)
      .map(([name, amount]) => `${name.toLowerCase()} ${amount}`)
      .join(', '),
  );
}
