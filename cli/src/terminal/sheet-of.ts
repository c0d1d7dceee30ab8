import type { AnyReport } from '@quarry/contracts';
import { tearSheet } from '../backtest/tear-sheet.js';
import { crossValidateSheet } from '../cross-validation/cross-validate-sheet.js';
import { monteCarloSheet } from '../monte-carlo/monte-carlo-sheet.js';
import { sweepSheet } from '../sweep/sweep-sheet.js';
import { walkForwardSheet } from '../walk-forward/walk-forward-sheet.js';
import type { Paint } from './paint.js';

const trialsShown = 10;

/**
 * A report as text, whichever command made it. The same report gives the same text.
 * @param top how many of the best trials of a sweep
 */
export function sheetOf(report: AnyReport, colours: Paint, top = trialsShown): string {
  switch (report.schema) {
    case 'quarry.report/1':
      return tearSheet(report, colours);
    case 'quarry.sweep/1':
      return sweepSheet(report, top, colours);
    case 'quarry.walk-forward/1':
      return walkForwardSheet(report, colours);
    case 'quarry.cross-validation/1':
      return crossValidateSheet(report, colours);
    case 'quarry.monte-carlo/1':
      return monteCarloSheet(report, colours);
  }
}
