/** The colours and type of a chart. Profit and loss keep their colours in every theme's meaning. */
export interface ChartTheme {
  readonly text: string;
  readonly faint: string;
  readonly line: string;
  readonly surface: string;
  readonly equity: string;
  readonly benchmark: string;
  readonly gain: string;
  readonly loss: string;
  readonly font: string;
}

export const darkChartTheme: ChartTheme = {
  text: '#aab3c2',
  faint: '#5d6878',
  line: '#1f2631',
  surface: '#171c25',
  equity: '#e3b454',
  benchmark: '#6c7a90',
  gain: '#3fb68b',
  loss: '#e0626c',
  font: "'JetBrains Mono Variable', ui-monospace, monospace",
};
