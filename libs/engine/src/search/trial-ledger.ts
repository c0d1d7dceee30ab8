import { momentsOf } from '../metrics/moments.js';

/** One parameter set that was tried on some data. What is not written down here cannot be deflated by. */
export interface LedgerEntry {
  /** The idea: trials of one strategy under one hypothesis, whatever its parameters. */
  readonly family: string;
  readonly paramsHash: string;
  readonly dataHash: string;
  /** Sharpe ratio per period; NaN where it is not defined. */
  readonly sharpe: number;
  readonly observations: number;
}

/** What a family has been tried for. */
export interface FamilySummary {
  /** Different (parameters, data) tried. */
  readonly trials: number;
  /** Independent ones among them, where somebody told their clusters; else as many as trials. */
  readonly effectiveTrials: number;
  /** Sample deviation (ddof 1) of their Sharpe ratios; 0 for fewer than two. */
  readonly sharpeDeviation: number;
  readonly bestSharpe: number;
}

/** Every trial of a team, as a value: appending makes a new ledger. Storing it is somebody else's. */
export interface TrialLedger {
  readonly entries: readonly LedgerEntry[];
}

export const emptyLedger: TrialLedger = { entries: [] };

/** The ledger with a trial more. Running the same parameters on the same data again is no new trial. */
export function appendTrial(ledger: TrialLedger, entry: LedgerEntry): TrialLedger {
  const isKnown = ledger.entries.some(
    ({ family, paramsHash, dataHash }) =>
      family === entry.family && paramsHash === entry.paramsHash && dataHash === entry.dataHash,
  );
  return isKnown ? ledger : { entries: [...ledger.entries, entry] };
}

/**
 * @param clusterOf the cluster of a trial, as `effectiveTrials` tells it from returns; a trial without one counts alone
 */
export function summariseFamily(
  { entries }: TrialLedger,
  family: string,
  clusterOf: (entry: LedgerEntry) => number | undefined = () => undefined,
): FamilySummary {
  const trials = entries.filter((entry) => entry.family === family);
  const clusters = trials.map(clusterOf);
  const alone = clusters.filter((cluster) => cluster === undefined).length;
  const ratios = Float64Array.from(trials, ({ sharpe }) => sharpe).filter((ratio) => !Number.isNaN(ratio));
  return {
    trials: trials.length,
    effectiveTrials: alone + new Set(clusters.filter((cluster) => cluster !== undefined)).size,
    sharpeDeviation: ratios.length > 1 ? momentsOf(ratios).deviation : 0,
    bestSharpe: ratios.length > 0 ? ratios.reduce((best, ratio) => Math.max(best, ratio), -Infinity) : NaN,
  };
}
