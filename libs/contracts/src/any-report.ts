import * as z from 'zod';
import { CrossValidationReport } from './cross-validation.js';
import { MonteCarloReport } from './monte-carlo.js';
import { ProofReport } from './proof.js';
import { Report } from './report.js';
import { SweepReport } from './search.js';
import { WalkForwardReport } from './walk-forward.js';

/** What any command writes as report.json. */
export const AnyReport = z.discriminatedUnion('schema', [
  Report,
  SweepReport,
  WalkForwardReport,
  CrossValidationReport,
  MonteCarloReport,
]);
export type AnyReport = z.infer<typeof AnyReport>;

/** What a run leaves as `report.json`. */
export const RunReport = z.union([AnyReport, ProofReport]);
export type RunReport = z.infer<typeof RunReport>;
