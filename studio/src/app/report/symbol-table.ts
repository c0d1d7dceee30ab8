import { Component, computed, input } from '@angular/core';
import { fixed, moment } from '@quarry/contracts';
import type { ReportSymbol } from '@quarry/contracts';
import { toneOf } from '../ui/format';

/** What each symbol had and brought, the most profitable first. */
@Component({
  selector: 'q-symbol-table',
  template: `
    <table class="data-table" aria-label="Symbols">
      <thead>
        <tr>
          <th scope="col">Symbol</th>
          <th scope="col" class="right">Net P&amp;L</th>
          <th scope="col" class="right">Trades</th>
          <th scope="col" class="right">Bars</th>
          <th scope="col" class="right" title="Moments at which others had a bar and it had none">Missing</th>
          <th scope="col">From</th>
          <th scope="col">To</th>
        </tr>
      </thead>
      <tbody>
        @for (row of rows(); track row.symbol) {
          <tr class="figure">
            <td>{{ row.symbol }}</td>
            <td class="right" [class]="row.tone">{{ row.pnl }}</td>
            <td class="right">{{ row.trades }}</td>
            <td class="right">{{ row.bars }}</td>
            <td class="right" [class.faint]="row.missing === '0'">{{ row.missing }}</td>
            <td>{{ row.from }}</td>
            <td>{{ row.to }}</td>
          </tr>
        }
      </tbody>
    </table>
  `,
})
export class SymbolTable {
  readonly symbols = input.required<readonly ReportSymbol[]>();

  protected readonly rows = computed(() =>
    this.symbols()
      .toSorted((a, b) => b.pnl - a.pnl)
      .map(({ symbol, pnl, trades, bars, missing, from, to }) => ({
        symbol,
        pnl: fixed(pnl, 2),
        tone: toneOf(pnl),
        trades: fixed(trades, 0),
        bars: fixed(bars, 0),
        missing: fixed(missing, 0),
        from: moment(from),
        to: moment(to),
      })),
  );
}
