import { Component, computed, input, linkedSignal, output, signal } from '@angular/core';
import { MatTabLink, MatTabNav, MatTabNavPanel } from '@angular/material/tabs';
import type { BarWindow, LogLine, Report, ReportTrade, SourcePosition } from '@quarry/contracts';
import { Cautions } from './cautions';
import { DrawdownTable } from './drawdown-table';
import { EquityPanel } from './equity-panel';
import { LogPanel } from './log-panel';
import { MetricCards } from './metric-cards';
import { MetricTable } from './metric-table';
import { MonthTable } from './month-table';
import { PriceChart } from './price-chart';
import type { CandleSource } from './price-chart';
import { TradeTable } from './trade-table';

const tabs = ['Overview', 'Price', 'Trades', 'Metrics', 'Months', 'Drawdowns', 'Log'] as const;
type Tab = (typeof tabs)[number];

/** A finished run's report: headline and equity first, the rest behind tabs. */
@Component({
  selector: 'q-run-report',
  imports: [
    Cautions,
    DrawdownTable,
    EquityPanel,
    LogPanel,
    MatTabLink,
    MatTabNav,
    MatTabNavPanel,
    MetricCards,
    MetricTable,
    MonthTable,
    PriceChart,
    TradeTable,
  ],
  templateUrl: './run-report.html',
  styleUrl: './run-report.scss',
})
export class RunReport {
  readonly report = input.required<Report>();
  readonly log = input.required<readonly LogLine[]>();
  /** The run's bars; null while the index loads or where there are none. */
  readonly candles = input.required<CandleSource | null>();
  readonly jump = output<SourcePosition>();

  protected readonly tabs = tabs;
  protected readonly profile = computed(() => this.report().manifest?.profile ?? 'v1');
  protected readonly tab = signal<Tab>('Overview');
  protected readonly focus = linkedSignal<Report, BarWindow | null>({
    source: () => this.report(),
    computation: () => null,
  });
  protected readonly counts = computed<Partial<Record<Tab, number>>>(() => ({
    Trades: this.report().tradeCount,
    Drawdowns: Math.min(this.report().drawdowns.length, 10),
    Log: this.log().length,
  }));

  /** Prices of several symbols are drawn as one line, on which the trades of each have no place. */
  protected readonly marked = computed(() => {
    const { manifest, trades } = this.report();
    return (manifest?.data[0]?.symbols.length ?? 1) > 1 ? [] : trades;
  });

  protected showTrade({ entryBar, exitBar }: ReportTrade): void {
    this.focus.set({ from: entryBar, to: exitBar });
    this.tab.set('Price');
  }
}
