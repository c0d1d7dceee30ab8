import { CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import { Component, computed, input, output } from '@angular/core';
import { figure, fixed, moment, price, tradeCostsInWords } from '@quarry/contracts';
import type { ReportTrade } from '@quarry/contracts';
import { toneOf } from '../ui/format';

/** Every trade, drawing only the rows in view. A click brings a trade into the price chart. */
@Component({
  selector: 'q-trade-table',
  imports: [CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport],
  templateUrl: './trade-table.html',
  styleUrl: './trade-table.scss',
})
export class TradeTable {
  readonly trades = input.required<readonly ReportTrade[]>();
  /** All trades of the run; more than are listed where the report was cut. */
  readonly count = input.required<number>();
  readonly picked = output<ReportTrade>();

  protected readonly rows = computed(() =>
    this.trades().map((trade, i) => ({
      trade,
      index: i + 1,
      side: trade.size > 0 ? 'Long' : 'Short',
      size: fixed(Math.abs(trade.size), Number.isInteger(trade.size) ? 0 : 2),
      entry: moment(trade.entryTime),
      entryPrice: price(trade.entryPrice),
      exit: trade.open ? 'open' : moment(trade.exitTime),
      exitPrice: price(trade.exitPrice),
      pnl: fixed(trade.pnl, 2),
      returns: figure(trade.returns, 'fraction'),
      bars: fixed(trade.exitBar - trade.entryBar, 0),
      adverse: percentOf(trade.adverse),
      favourable: percentOf(trade.favourable),
      paid: tradeCostsInWords(trade),
      tone: toneOf(trade.pnl),
    })),
  );
  protected readonly severalSymbols = computed(() => new Set(this.trades().map(({ symbol }) => symbol)).size > 1);
  protected readonly cut = computed(() => this.count() > this.trades().length);
}

function percentOf(fraction: number | undefined): string {
  return fraction === undefined ? '–' : figure(fraction, 'fraction');
}
