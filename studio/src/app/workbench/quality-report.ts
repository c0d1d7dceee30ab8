import { Component, computed, input } from '@angular/core';
import { fixed, moment } from '@quarry/contracts';
import type { DatasetInfo } from '@quarry/contracts';

/** What ingest found in a file: counts, what was assumed, and the rows it refused. */
@Component({
  selector: 'q-quality-report',
  templateUrl: './quality-report.html',
  styleUrl: './quality-report.scss',
})
export class QualityReport {
  readonly info = input.required<DatasetInfo>();

  protected readonly quality = computed(() => this.info().quality);
  protected readonly series = computed(() =>
    this.info().series.map(({ symbol, interval, rows, from, to }) => ({
      key: `${symbol} ${interval}`,
      symbol,
      interval,
      rows: fixed(rows, 0),
      extent: `${moment(from)} to ${moment(to)}`,
    })),
  );
  protected readonly counts = computed(() => {
    const quality = this.quality();
    return [
      { label: 'Rows kept', value: quality.rowsKept, bad: false },
      { label: 'Refused', value: quality.rowsRefused, bad: quality.rowsRefused > 0 },
      { label: 'Duplicates', value: quality.duplicates, bad: quality.duplicates > 0 },
      { label: 'Out of order', value: quality.outOfOrder, bad: quality.outOfOrder > 0 },
      { label: 'Gaps', value: quality.gapCount, bad: false },
      { label: 'High below low', value: quality.ohlcViolations, bad: quality.ohlcViolations > 0 },
      { label: 'Prices ≤ 0', value: quality.nonPositivePrices, bad: quality.nonPositivePrices > 0 },
      { label: 'Outliers', value: quality.outlierCount, bad: quality.outlierCount > 0 },
    ].map((count) => ({ ...count, text: fixed(count.value, 0) }));
  });
}
