import { availableParallelism } from 'node:os';
import type { Failure, ProofFinding, ProofReport } from '@quarry/contracts';
import { decisionsOf, firstDifference } from '@quarry/engine/host';
import type { Workshop } from '../backtest.js';
import { BarsReader } from '../replay/bars-from-files.js';
import { openBars } from '../replay/open-bars.js';
import type { ProveJob, RunHooks } from '../runner.js';
import { LookAhead } from './look-ahead.js';
import { withProof, type OpenedProof } from './open-proof.js';
import { runChecks, type Checked, type ProofCheck } from './proof-checks.js';
import { ProofData } from './proof-data.js';
import type { Rerunner } from './rerunner.js';

const blindSpots = [
  'Numbers written into the strategy, or chosen as its parameters, after a look at these same bars: no re-run can see that.',
  'Columns of the data that were revised later, or whose foresight has nothing to do with price or volume: give the data as they stood earlier as a vintage.',
  'A single number of the whole sample within a column, such as the median at which it is cut in two: it leaves no mark.',
  'Symbols that are in the data because they did well (survivorship).',
];

/** Proves a strategy free of look-ahead on some data, or names the first decision that is not. Rejects only when aborted or where we are at fault. */
export function prove(workshop: Workshop, job: ProveJob, hooks: RunHooks): Promise<ProofReport> {
  return toldProof(workshop, job, hooks, (opened) => someChecks(opened, job, opened.checks, hooks));
}

/** What some of a proof's checks have found. */
export function someChecks(
  opened: OpenedProof,
  { seed, lanes = availableParallelism() }: ProveJob,
  checks: readonly ProofCheck[],
  { onProgress }: RunHooks,
): Promise<Checked[]> {
  return runChecks(opened, checks, { seed, lanes, onDone: (done) => onProgress?.('prove', done / checks.length) });
}

/** The report of a proof whose checks are made as `find` does; of one that cannot be made, why. */
export async function toldProof(
  workshop: Workshop,
  job: ProveJob,
  hooks: RunHooks,
  find: (opened: OpenedProof) => Promise<readonly Checked[]>,
): Promise<ProofReport> {
  const started = performance.now();
  const ended = await withProof(workshop, job, hooks, async (opened) =>
    reportOf(workshop, job, opened, await find(opened)),
  );
  const report = 'code' in ended ? nothing(job, ended) : ended;
  return { ...report, milliseconds: performance.now() - started };
}

async function reportOf(
  workshop: Workshop,
  job: ProveJob,
  { data, base, cuts, rerunner: another }: OpenedProof,
  checked: readonly Checked[],
): Promise<ProofReport | Failure> {
  const rerunner = another();
  const lookAhead = new LookAhead(rerunner, data, base, job.seed);
  const leaks = checked.flatMap(({ leak }) => leak ?? []);
  const findings = [...(await lookAhead.findings(leaks, cuts)), ...checked.flatMap((one) => one.findings)];
  if (job.vintage) {
    const found = await byVintage(workshop, job, { data, base }, { rerunner, lookAhead });
    if ('code' in found) return found;
    findings.push(...found);
  }
  const ran = checked.reduce((sum, { runs }) => sum + runs, 1 + rerunner.runs);
  return {
    ...nothing(job, null),
    strategyName: base.name,
    holds: findings.length === 0,
    bars: data.pace.length,
    decisions: [...decisionsOf(base.tape)].length,
    runs: ran,
    cuts: cuts.map((cut) => data.pace.time[cut - 1]!),
    findings,
    columns: checked.flatMap(({ columns }) => columns),
    warmUp: checked.flatMap(({ start }) => start ?? []),
    blindSpots,
  };
}

/** Over data as they stood earlier, a strategy decides as it does now, as far as they go. */
async function byVintage(
  { columns }: Workshop,
  { vintage, options }: ProveJob,
  { data, base }: Pick<OpenedProof, 'data' | 'base'>,
  { rerunner, lookAhead }: { readonly rerunner: Rerunner; readonly lookAhead: LookAhead },
): Promise<ProofFinding[] | Failure> {
  const opened = await openBars(columns, { dataset: vintage!, options });
  if ('code' in opened) return opened;
  const earlier = new ProofData(opened.series, new BarsReader(Infinity).read(opened.series), '');
  const known = earlier.pace.length;
  if (earlier.pace.time[0] !== data.pace.time[0] || known >= data.pace.length) {
    const message = `The vintage must begin with the same bar as the data and end earlier; it has ${known} bars, the data ${data.pace.length}. Choose a common range with --from.`;
    return { code: 'bad-selection', message, position: null, diagnostics: [] };
  }
  const run = await rerunner.run(opened.series);
  if (run.failure) return run.failure;
  // A file that holds one symbol gives it its own name.
  const isOne = data.series.length === 1 && earlier.series.length === 1;
  const tape = isOne ? { ...run.tape, symbols: base.tape.symbols } : run.tape;
  const difference = firstDifference(base.tape, tape, known);
  if (!difference) return [];
  const message = 'it decided otherwise over the data as they stood earlier: their past was changed since';
  return [await lookAhead.told('vintage', message, difference, opened.series)];
}

function nothing({ source }: ProveJob, failure: Failure | null): ProofReport {
  return {
    schema: 'quarry.proof/1',
    ...{ strategyName: source.entry, failure, holds: false, bars: 0, decisions: 0, runs: 0 },
    ...{ cuts: [], findings: [], columns: [], warmUp: [], blindSpots: [], milliseconds: 0 },
  };
}
