import type { QualityReport } from '@quarry/contracts';

/** A quality report over nothing, to be spread under what was found. */
export const noFindings: QualityReport = {
  rowsRead: 0,
  rowsKept: 0,
  rowsRefused: 0,
  refused: [],
  duplicates: 0,
  outOfOrder: 0,
  gapCount: 0,
  gaps: [],
  ohlcViolations: 0,
  nonPositivePrices: 0,
  zeroVolume: 0,
  outlierCount: 0,
  outliers: [],
  notes: [],
};
