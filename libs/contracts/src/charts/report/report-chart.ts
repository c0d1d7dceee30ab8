/** What a series or point means; its colour comes from the theme. */
export type ChartRole = 'accent' | 'muted' | 'gain' | 'loss';

/** How values of a series read. */
export type ChartFormat = 'amount' | 'ratio' | 'count' | 'percent';

export interface ReportSeries {
  readonly type: string;
  readonly name: string;
  /** None where the values themselves have colours, as `visualMap` says. */
  readonly role?: ChartRole;
  readonly format: ChartFormat;
  readonly data: readonly unknown[];
  readonly lineStyle?: object;
  readonly [option: string]: unknown;
}

/**
 * A chart of a report as plain JSON options for ECharts, without colours. `dressed` puts them on; the tear sheet does it
 * in the reader's browser, with those of its style sheet.
 */
export interface ReportChart {
  readonly grid: object;
  readonly legend?: object;
  readonly tooltip: object;
  readonly xAxis: object;
  readonly yAxis: object;
  readonly series: readonly ReportSeries[];
  /** Colours of values from the least to the most. */
  readonly visualMap?: { readonly roles: readonly ('loss' | 'rule' | 'gain')[]; readonly [option: string]: unknown };
  readonly [option: string]: unknown;
}
