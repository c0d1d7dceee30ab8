import type { ProofColumn, ProofFinding, ProofStart } from '@quarry/contracts';
import { firstDifference, inOtherYears, type Bars } from '@quarry/engine/host';
import { inLanes } from '../in-lanes.js';
import { BarsReader } from '../replay/bars-from-files.js';
import { proveColumns } from './column-proofs.js';
import { cutMethods, LookAhead, type Leak } from './look-ahead.js';
import type { OpenedProof } from './open-proof.js';
import type { ProofData } from './proof-data.js';
import { skipsOf, warmUpFrom } from './warm-up-starts.js';

/** One thing that a proof looks at. None hangs on another. */
export type ProofCheck =
  | { readonly of: 'cut'; readonly method: Leak['method']; readonly cut: number }
  | { readonly of: 'columns' | 'dates' }
  | { readonly of: 'start'; readonly skipped: number };

/** What a check has found. */
export interface Checked {
  readonly leak: Leak | null;
  readonly findings: readonly ProofFinding[];
  readonly columns: readonly ProofColumn[];
  readonly start: ProofStart | null;
  /** Runs of the strategy that it took. */
  readonly runs: number;
}

/** The calendar repeats every 28 years between these, µs UTC: 1929 and 2099. */
const calendarRepeats = { from: -1_293_840_000e6, to: 4_070_908_800e6 };

/** All that a proof looks at, in the order in which its report tells of it. */
export function checksOf(data: ProofData, cuts: readonly number[]): ProofCheck[] {
  return [
    ...cutMethods.flatMap((method) => cuts.map((cut) => ({ of: 'cut', method, cut }) as const)),
    { of: 'columns' },
    { of: 'dates' },
    ...skipsOf(data).map((skipped) => ({ of: 'start', skipped }) as const),
  ];
}

/** What some checks of a proof have found, in their order, so many of them at once. */
export function runChecks(
  opened: OpenedProof,
  checks: readonly ProofCheck[],
  { seed, lanes, onDone }: { readonly seed: number; readonly lanes: number; readonly onDone: (done: number) => void },
): Promise<Checked[]> {
  let done = 0;
  return inLanes(checks, lanes, async (check) => {
    const checked = await runCheck(opened, check, seed);
    onDone(++done);
    return checked;
  });
}

async function runCheck(opened: OpenedProof, check: ProofCheck, seed: number): Promise<Checked> {
  const { data, base } = opened;
  const rerunner = opened.rerunner();
  const lookAhead = new LookAhead(rerunner, data, base, seed);
  const found = await (async (): Promise<Partial<Checked>> => {
    switch (check.of) {
      case 'cut':
        return { leak: await lookAhead.leakAt(check.method, check.cut) };
      case 'columns':
        return proveColumns({ rerunner, data, base, lookAhead, seed }, wholeBarsOf(data));
      case 'dates':
        return { findings: await byDates({ data, base }, rerunner, lookAhead) };
      case 'start':
        return { start: await warmUpFrom(rerunner, data, base, check.skipped) };
    }
  })();
  return { leak: null, findings: [], columns: [], start: null, ...found, runs: rerunner.runs };
}

/** Years that are written into a strategy were chosen by somebody who knew what happened in them. */
async function byDates(
  { data, base }: Pick<OpenedProof, 'data' | 'base'>,
  rerunner: ReturnType<OpenedProof['rerunner']>,
  lookAhead: LookAhead,
): Promise<ProofFinding[]> {
  const { time, length } = data.pace;
  if (time[0]! < calendarRepeats.from || time[length - 1]! > calendarRepeats.to) return [];
  const series = data.changed(inOtherYears);
  const run = await rerunner.run(series);
  if (run.failure) return [];
  const difference = firstDifference(base.tape, run.tape, Infinity, 'kind');
  if (!difference) return [];
  const message =
    'it decides otherwise where all dates lie 28 years before, with the same weekdays and days of the month: years are written into it';
  return [await lookAhead.told('dates', message, difference, series)];
}

/** The same series in full, where the run is over a range of them. */
function wholeBarsOf({ series, bars }: ProofData): readonly Bars[] {
  if (series.every(({ length, rows }) => length === rows)) return bars;
  return new BarsReader(Infinity).read(series.map((one) => ({ ...one, first: 0, length: one.rows })));
}
