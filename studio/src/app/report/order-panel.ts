import { Component, computed, input } from '@angular/core';
import { fixed } from '@quarry/contracts';
import type { Report } from '@quarry/contracts';

const states = {
  filled: 'Filled',
  partiallyFilled: 'Filled in part',
  cancelled: 'Cancelled',
  rejected: 'Rejected',
  expired: 'Expired',
  open: 'Still waiting',
} satisfies Record<keyof Report['orderCounts'], string>;

/** What became of the orders, and why some were refused. */
@Component({
  selector: 'q-order-panel',
  template: `
    <dl>
      @for (state of counts(); track state.name) {
        <div>
          <dt>{{ state.name }}</dt>
          <dd class="figure">{{ state.count }}</dd>
        </div>
      }
    </dl>
    @if (report().rejections.length > 0) {
      <table class="data-table" aria-label="Rejected orders">
        <thead>
          <tr>
            <th scope="col" class="right">Order</th>
            <th scope="col" class="right">Bar</th>
            <th scope="col">Why it was rejected</th>
          </tr>
        </thead>
        <tbody>
          @for (rejection of report().rejections; track rejection.orderId) {
            <tr>
              <td class="figure right">{{ rejection.orderId }}</td>
              <td class="figure right">{{ rejection.bar }}</td>
              <td>{{ rejection.reason }}</td>
            </tr>
          }
        </tbody>
      </table>
    }
  `,
  styles: `
    dl {
      display: flex;
      flex-wrap: wrap;
      gap: 8px 32px;
      margin-bottom: 16px;
    }
    dt {
      font-size: 11.5px;
      color: var(--muted);
    }
    dd {
      font-size: 16px;
    }
  `,
})
export class OrderPanel {
  readonly report = input.required<Report>();

  protected readonly counts = computed(() => {
    const { orderCounts } = this.report();
    return Object.entries(states).map(([state, name]) => ({
      name,
      count: fixed(orderCounts[state as keyof typeof states], 0),
    }));
  });
}
