import { Component, computed, effect, input, resource, signal, untracked } from '@angular/core';
import { candleChart, clampWindow, tradeMarks } from '@quarry/contracts';
import type { BarWindow, CandleColumns, ReportTrade } from '@quarry/contracts';
import { Chart } from '../ui/chart';

/** Where a price chart gets its bars. */
export interface CandleSource {
  /** Number of bars at full resolution. */
  readonly count: number;
  candles(window: BarWindow): Promise<CandleColumns>;
  overview(): Promise<CandleColumns>;
}

/** Bars shown at first: enough to see the strategy at work, few enough to tell candles apart. */
const firstView = 300;

/** Candles with entries and exits. Loads what the view needs, in the detail that the view can show. */
@Component({
  selector: 'q-price-chart',
  imports: [Chart],
  template: `
    @if (options(); as options) {
      <q-chart label="Candles with entries and exits" [options]="options" (zoomed)="view($event)" />
      <ul class="legend">
        <li><i class="long"></i>Long entry</li>
        <li><i class="short"></i>Short entry</li>
        <li><i class="exit"></i>Exit</li>
        @if (hidden(); as hidden) {
          <li class="note">{{ hidden }} trades in view. Zoom in to see them.</li>
        } @else if (beyond()) {
          <li class="note">Later trades are only in the Parquet download.</li>
        }
      </ul>
    } @else if (candles.error()) {
      <p class="empty" role="alert">The bars of this run could not be read.</p>
    } @else {
      <p class="empty" role="status">Loading bars…</p>
    }
  `,
  styleUrl: './price-chart.scss',
})
export class PriceChart {
  readonly source = input.required<CandleSource>();
  readonly trades = input.required<readonly ReportTrade[]>();
  /** All trades of the run; more than are listed where the report was cut. */
  readonly tradeCount = input.required<number>();
  /** A stretch of bars to bring into view; a new object moves there again. */
  readonly focus = input<BarWindow | null>(null);

  private readonly window = signal<BarWindow | null>(null);
  private readonly visible = computed(() => this.window() ?? this.latest());
  private readonly latest = computed(() => {
    const { count } = this.source();
    return clampWindow({ from: count - firstView, to: count - 1 }, count);
  });
  private readonly marks = computed(() => tradeMarks(this.trades(), this.visible()));
  protected readonly hidden = computed(() => this.marks().hidden.toLocaleString('en-US').replace(/^0$/, ''));

  /** True where the view reaches beyond the last trade that a cut report lists. */
  protected readonly beyond = computed(() => {
    const trades = this.trades();
    return this.tradeCount() > trades.length && this.visible().to > (trades.at(-1)?.exitBar ?? 0);
  });

  private readonly overview = resource({
    params: () => this.source(),
    loader: ({ params }) => params.overview(),
  });
  protected readonly candles = resource({
    params: () => ({ source: this.source(), window: this.visible() }),
    loader: ({ params: { source, window } }) => source.candles(window),
  });
  /** The last candles that arrived: they stay while the next ones load. */
  private readonly drawn = signal<CandleColumns | null>(null);

  /** Anew when candles have arrived, not when the window moves: the chart has moved by itself then. */
  protected readonly options = computed(() => {
    const candles = this.drawn();
    if (!candles || !this.overview.hasValue()) return null;
    const [marks, window] = untracked(() => [this.marks(), this.visible()]);
    return candleChart({ candles, overview: this.overview.value(), marks, window, count: this.source().count });
  });

  constructor() {
    effect(() => {
      if (this.candles.hasValue()) this.drawn.set(this.candles.value());
    });
    effect(() => {
      const focus = this.focus();
      if (!focus) return;
      const margin = Math.max(30, focus.to - focus.from);
      this.view({ from: focus.from - margin, to: focus.to + margin });
    });
  }

  protected view(window: BarWindow): void {
    const { count } = this.source();
    this.window.set(clampWindow(window, count));
  }
}
