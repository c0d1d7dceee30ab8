import type { ProofColumn, ProofFinding } from '@quarry/contracts';
import { firstDifference, foresightOf, wholeSampleMark, withColumnShuffled, type Bars } from '@quarry/engine/host';
import type { LookAhead } from './look-ahead.js';
import type { ProofData } from './proof-data.js';
import type { Rerun, Rerunner } from './rerunner.js';

/** What the further columns of the data tell of themselves, and which of the strategy's decisions hang on a bad one. */
export interface ColumnProofs {
  readonly columns: readonly ProofColumn[];
  readonly findings: readonly ProofFinding[];
}

interface ProofTools {
  readonly rerunner: Rerunner;
  readonly data: ProofData;
  readonly base: Rerun;
  readonly lookAhead: LookAhead;
  readonly seed: number;
}

/**
 * Judges the further columns where the strategy looks at any: no re-run can tell what a column knew when it was written,
 * so each is held against the bars that follow (`foresightOf`) and searched for marks of arithmetic over all rows.
 *
 * @param whole the bars of each series in full, whatever range of them the run is over
 */
export async function proveColumns(tools: ProofTools, whole: readonly Bars[]): Promise<ColumnProofs> {
  const { data, seed } = tools;
  const names = [...new Set(data.bars.flatMap(({ extra }) => Object.keys(extra)))];
  if (names.length === 0) return { columns: [], findings: [] };
  const all = await differenceOf(tools, (bars) =>
    Object.keys(bars.extra).reduce((changed, name, i) => withColumnShuffled(changed, name, seed + i), bars),
  );
  if (!all) return { columns: [], findings: [] };

  const columns: ProofColumn[] = [];
  const findings: ProofFinding[] = [];
  for (const [index, bars] of whole.entries()) {
    for (const column of Object.keys(bars.extra)) {
      const judged = judge(bars, column);
      if (judged.verdict === 'clean') {
        columns.push({ ...judged, isUsed: null });
        continue;
      }
      const found = await differenceOf(tools, (one, at) =>
        at === index ? withColumnShuffled(one, column, seed) : one,
      );
      columns.push({ ...judged, isUsed: found !== null });
      if (found) findings.push(await findingOf(tools, judged, found));
    }
  }
  return { columns, findings };
}

async function differenceOf({ rerunner, data, base }: ProofTools, change: (bars: Bars, index: number) => Bars) {
  const series = data.changed(change);
  const run = await rerunner.run(series);
  if (run.failure) return null;
  const difference = firstDifference(base.tape, run.tape, Infinity);
  return difference && { difference, series };
}

function findingOf(
  { lookAhead }: ProofTools,
  { column, evidence }: Omit<ProofColumn, 'isUsed'>,
  { difference, series }: NonNullable<Awaited<ReturnType<typeof differenceOf>>>,
): Promise<ProofFinding> {
  return lookAhead.told('column', `it hangs on the column "${column}", of which ${evidence}`, difference, series);
}

function judge(bars: Bars, column: string): Omit<ProofColumn, 'isUsed'> {
  const { symbol } = bars;
  const foresight = foresightOf(bars, column);
  if (foresight) {
    const percent = (share: number) => `${(share * 100).toFixed(0)} %`;
    const evidence = `later bars explain ${percent(foresight.share)} (${foresight.of}; by chance at most ${percent(foresight.byChance)})`;
    return { symbol, column, verdict: 'foresees', evidence };
  }
  const mark = wholeSampleMark(bars, column);
  if (mark !== null) return { symbol, column, verdict: 'whole-sample', evidence: `all rows made each value: ${mark}` };
  return { symbol, column, verdict: 'clean', evidence: 'later bars explain nothing of it' };
}
