import type { ProofColumn, ProofFinding } from '@quarry/contracts';
import {
  actionColumns,
  firstDifference,
  foresightOf,
  wholeSampleMark,
  withColumnShuffled,
  withFutureNoise,
  type Bars,
} from '@quarry/engine/host';
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
  const markets = await proveMarkets(tools, whole);
  if (data.bars.every((bars) => columnsToJudge(bars).length === 0)) return markets;
  const all = await differenceOf(tools, (bars) =>
    columnsToJudge(bars).reduce((changed, name, i) => withColumnShuffled(changed, name, seed + i), bars),
  );
  if (!all) return markets;

  const columns = [...markets.columns];
  const findings = [...markets.findings];
  for (const [index, bars] of whole.entries()) {
    for (const column of columnsToJudge(bars)) {
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

/**
 * Splits and dividends that the run carries out are no opinions of a file: they are announced before their day, and larger
 * where prices are higher, which looks like foresight.
 */
function columnsToJudge({ extra, actions }: Bars): string[] {
  const carriedOut: readonly string[] = actions ? Object.values(actionColumns) : [];
  return Object.keys(extra).filter((name) => !carriedOut.includes(name));
}

/** With more symbols than this, pairs are too many to look at. */
const mostSymbols = 6;
/** Markets that close at different hours honestly tell a part of each other's next bar. */
const leastShare = 0.5;

/** Whether one symbol's bars lie ahead of another's: as where its stamps are wrong, or its file was shifted. */
async function proveMarkets(tools: ProofTools, whole: readonly Bars[]): Promise<ColumnProofs> {
  const columns: ProofColumn[] = [];
  const findings: ProofFinding[] = [];
  if (whole.length > mostSymbols) return { columns, findings };
  for (const [index, ahead] of whole.entries()) {
    const led = whole.find((bars) => bars !== ahead && isAhead(ahead, bars));
    if (!led) continue;
    const { symbol } = ahead;
    const evidence = `its bars are ahead of those of ${led.symbol}: they know what comes there`;
    const found = await differenceOf(tools, (one, at) => (at === index ? withFutureNoise(one, 0, tools.seed) : one));
    const judged = { symbol, column: 'close', verdict: 'foresees', evidence } as const;
    columns.push({ ...judged, isUsed: found !== null });
    if (found) findings.push(await findingOf(tools, judged, found));
  }
  return { columns, findings };
}

function isAhead(ahead: Bars, bars: Bars): boolean {
  let at = -1;
  const close = bars.knownAt.map((moment) => {
    while (at + 1 < ahead.length && ahead.knownAt[at + 1]! <= moment) at++;
    return at < 0 ? NaN : ahead.close[at]!;
  });
  return (foresightOf({ ...bars, extra: { close } }, 'close')?.share ?? 0) >= leastShare;
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
  { symbol, column, evidence }: Omit<ProofColumn, 'isUsed'>,
  { difference, series }: NonNullable<Awaited<ReturnType<typeof differenceOf>>>,
): Promise<ProofFinding> {
  return lookAhead.told('column', `it hangs on the column "${column}" of ${symbol}: ${evidence}`, difference, series);
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
