import { describe, expect, test } from '@jest/globals';
import { buildReport } from '../build-report.js';
import { sampleRun, withRun } from '../sample-run.js';
import { reportCharts } from './report-charts.js';

const wave = Array.from({ length: 800 }, (_, i) => 100 + i / 10 + 8 * Math.sin(i / 20));
const report = buildReport(withRun(sampleRun(wave, [5, -2, 3, 1, -1, 2]), { benchmark: 'buy-and-hold' }));

interface Series<Point> {
  readonly name: string;
  readonly role: string;
  readonly data: readonly Point[];
}

function seriesOf<Point>(chart: object | null): readonly Series<Point>[] {
  return (chart as { series: readonly Series<Point>[] }).series;
}

interface Bin {
  readonly value: number;
  readonly role: string;
}

describe('the charts of a report', () => {
  const charts = reportCharts(report);

  test('survive the trip into a page: nothing in them is a function', () => {
    expect(JSON.parse(JSON.stringify(charts))).toEqual(charts);
  });

  test('show years beside those of the benchmark', () => {
    expect(seriesOf(charts.yearly).map(({ name, role, data }) => [name, role, data.length])).toEqual([
      ['Strategy', 'accent', 3],
      ['TEST held', 'muted', 3],
    ]);
  });

  test('count every return once, losses and gains apart', () => {
    const { data } = seriesOf<Bin>(charts.distribution)[0]!;
    const count = (role: string) => data.filter((bin) => bin.role === role).reduce((sum, { value }) => sum + value, 0);
    const losses = wave.filter((value, i) => i > 0 && value < wave[i - 1]!).length;
    expect([count('loss'), count('loss') + count('gain')]).toEqual([losses, wave.length - 1]);
  });

  test('label the bins of a histogram at round values, zero among them', () => {
    const { xAxis } = charts.distribution as { xAxis: { data: string[]; axisLabel: { interval: number } } };
    const labels = xAxis.data.filter((_, i) => i % (xAxis.axisLabel.interval + 1) === 0);
    expect(labels.map(Number.parseFloat)).toContain(0);
  });

  test('put each trade at how far it went against its holder, and what it returned', () => {
    const { data } = seriesOf<{ value: [number, number]; role: string }>(charts.excursions)[0]!;
    expect(data.map(({ value: [against, returned], role }) => [against <= 0, returned < 0, role])).toEqual(
      [5, -2, 3, 1, -1, 2].map((pnl) => [true, pnl < 0, pnl < 0 ? 'loss' : 'gain']),
    );
  });

  test('that a run gives nothing to draw are left out', () => {
    const { yearly, rolling, exposure, trades, excursions } = reportCharts(buildReport(sampleRun([100, 101, 102])));
    expect([yearly, rolling, trades, excursions]).toEqual([null, null, null, null]);
    expect(exposure).not.toBeNull();
  });
});
