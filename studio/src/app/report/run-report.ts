import { Component, computed, input, linkedSignal, output, signal } from '@angular/core';
import { MatTabLink, MatTabNav, MatTabNavPanel } from '@angular/material/tabs';
import { fixed } from '@quarry/contracts';
import type { BarWindow, LogLine, Report, ReportTrade, SourcePosition } from '@quarry/contracts';
import { Cautions } from './cautions';
import { CostLine } from './cost-line';
import { DrawdownTable } from './drawdown-table';
import { EquityPanel } from './equity-panel';
import { LogPanel } from './log-panel';
import { MetricCards } from './metric-cards';
import { MetricTable } from './metric-table';
import { MonthTable } from './month-table';
import { OrderPanel } from './order-panel';
import { PriceChart } from './price-chart';
import type { CandleSource } from './price-chart';
import { RiskPanel } from './risk-panel';
import { SetupPanel } from './setup-panel';
import { SymbolTable } from './symbol-table';
import { TradeTable } from './trade-table';

const tabs = [
  'Overview',
  'Price',
  'Trades',
  'Orders',
  'Metrics',
  'Risk',
  'Months',
  'Drawdowns',
  'Symbols',
  'Setup',
  'Log',
] as const;
type Tab = (typeof tabs)[number];

/** A finished run's report: headline and equity first, the rest behind tabs. */
@Component({
  selector: 'q-run-report',
  imports: [
    Cautions,
    CostLine,
    DrawdownTable,
    EquityPanel,
    LogPanel,
    MatTabLink,
    MatTabNav,
    MatTabNavPanel,
    MetricCards,
    MetricTable,
    MonthTable,
    OrderPanel,
    PriceChart,
    RiskPanel,
    SetupPanel,
    SymbolTable,
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

  protected readonly tabs = computed(() => tabs.filter((tab) => tab !== 'Symbols' || this.report().symbols.length > 0));
  protected readonly profile = computed(() => this.report().manifest?.profile ?? 'v1');
  readonly #picked = signal<Tab>('Overview');
  /** Another run may lack the tab that was open. */
  protected readonly tab = computed(() => (this.tabs().includes(this.#picked()) ? this.#picked() : 'Overview'));
  protected readonly focus = linkedSignal<Report, BarWindow | null>({
    source: () => this.report(),
    computation: () => null,
  });
  protected readonly counts = computed<Partial<Record<Tab, number>>>(() => ({
    Trades: this.report().tradeCount,
    Orders: this.report().rejections.length,
    Drawdowns: Math.min(this.report().drawdowns.length, 10),
    Symbols: this.report().symbols.length,
    Log: this.log().length,
  }));

  /** Prices of several symbols are drawn as one line, on which the trades of each have no place. */
  protected readonly marked = computed(() => {
    const { manifest, trades } = this.report();
    return (manifest?.data[0]?.symbols.length ?? 1) > 1 ? [] : trades;
  });

  protected readonly doubt = computed(() => {
    const { trades, worst, best } = this.report().ambiguity;
    if (trades === 0) return '';
    return `${fixed(trades, 0)} trades hang on the unknown path within a bar: their P&L in all lies between ${fixed(worst, 2)} and ${fixed(best, 2)}.`;
  });

  protected showTrade({ entryBar, exitBar }: ReportTrade): void {
    this.focus.set({ from: entryBar, to: exitBar });
    this.open('Price');
  }

  protected open(tab: Tab): void {
    this.#picked.set(tab);
  }
}
