import type { Report } from '@quarry/contracts';
import { distributionOptions } from './distribution-options.js';
import { equityOptions } from './equity-options.js';
import { excursionOptions } from './excursion-options.js';
import { exposureOptions } from './exposure-options.js';
import { rollingOptions } from './rolling-options.js';
import { tradeOptions } from './trade-options.js';
import { yearlyOptions } from './yearly-options.js';

/**
 * The page's charts as plain JSON options for ECharts, null where a run has nothing to draw. Series and points name the
 * role whose colour they take and the format of their values; both come later, from the page's own theme and script.
 */
export function reportCharts(report: Report) {
  return {
    equity: equityOptions(report),
    yearly: yearlyOptions(report),
    distribution: distributionOptions(report),
    rolling: rollingOptions(report),
    exposure: exposureOptions(report),
    trades: tradeOptions(report),
    excursions: excursionOptions(report),
  } satisfies Record<string, object | null>;
}

export type ReportCharts = ReturnType<typeof reportCharts>;
