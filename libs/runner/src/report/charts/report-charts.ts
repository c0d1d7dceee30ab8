import type { Report, ReportChart } from '@quarry/contracts';
import {
  distributionOptions,
  excursionOptions,
  exposureOptions,
  rollingOptions,
  tradeOptions,
} from '@quarry/contracts/display';
import { equityOptions } from './equity-options.js';
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
  } satisfies Record<string, ReportChart | null>;
}

export type ReportCharts = ReturnType<typeof reportCharts>;
