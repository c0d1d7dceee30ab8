import type { StudiedRun, RunStudy } from './run-study.js';

/** All that metrics may look at. */
export interface MetricsInput extends StudiedRun {
  /** First bar on which every signal of the strategy was defined; only profile btpy's buy and hold starts there. */
  readonly warmup?: number;
  /** What has been worked out about the run already. */
  readonly study?: RunStudy;
}
