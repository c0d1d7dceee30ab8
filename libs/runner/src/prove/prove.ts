import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Failure, ProofFinding, ProofReport } from '@quarry/contracts';
import { decisionsOf, firstDifference, inOtherYears, type Bars } from '@quarry/engine/host';
import type { Workshop } from '../backtest.js';
import { doesNotCompile } from '../check/check-strategy.js';
import { BarsReader } from '../replay/bars-from-files.js';
import { openBars, type OpenedBars } from '../replay/open-bars.js';
import type { ProveJob, RunHooks } from '../runner.js';
import { proveColumns } from './column-proofs.js';
import { LookAhead } from './look-ahead.js';
import { ProofData } from './proof-data.js';
import { type Rerun, Rerunner } from './rerunner.js';
import { proveWarmUp } from './warm-up-starts.js';

const blindSpots = [
  'Numbers written into the strategy, or chosen as its parameters, after a look at these same bars: no re-run can see that.',
  'Columns of the data that were revised later, or whose foresight has nothing to do with price or volume: give the data as they stood earlier as a vintage.',
  'A single number of the whole sample within a column, such as the median at which it is cut in two: it leaves no mark.',
  'Symbols that are in the data because they did well (survivorship).',
];

/** The calendar repeats every 28 years between these, µs UTC: 1929 and 2099. */
const calendarRepeats = { from: -1_293_840_000e6, to: 4_070_908_800e6 };

/** Proves a strategy free of look-ahead on some data, or names the first decision that is not. Rejects only when aborted or where we are at fault. */
export async function prove(workshop: Workshop, job: ProveJob, hooks: RunHooks): Promise<ProofReport> {
  const started = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'quarry-prove-'));
  try {
    const report = await new Proof(workshop, job, hooks, folder).report();
    return { ...report, milliseconds: performance.now() - started };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One proof: the run over the data as they are, and all that is held against it. */
class Proof {
  readonly #workshop: Workshop;
  readonly #job: ProveJob;
  readonly #hooks: RunHooks;
  readonly #folder: string;
  readonly #lanes = availableParallelism();

  constructor(workshop: Workshop, job: ProveJob, hooks: RunHooks, folder: string) {
    this.#workshop = workshop;
    this.#job = job;
    this.#hooks = hooks;
    this.#folder = folder;
  }

  async report(): Promise<ProofReport> {
    const { compiler, columns } = this.#workshop;
    const { source, options } = this.#job;
    const { script, diagnostics } = await compiler.compile(source, this.#hooks.signal);
    if (!script) return this.#failed(doesNotCompile(diagnostics));
    const opened = await openBars(columns, this.#job);
    if ('code' in opened) return this.#failed(opened);

    const { params, settings } = options;
    const rerunner = new Rerunner(this.#workshop, { script, params, settings }, this.#hooks.signal);
    const base = await rerunner.run(opened.series);
    if (base.failure) return this.#failed(base.failure);
    return this.#proved(rerunner, base, opened);
  }

  async #proved(rerunner: Rerunner, base: Rerun, { series }: OpenedBars): Promise<ProofReport> {
    const { cuts: count, seed, vintage } = this.#job;
    const lanes = this.#lanes;
    const data = new ProofData(series, new BarsReader(Infinity).read(series), this.#folder);
    const lookAhead = new LookAhead(rerunner, data, base, { lanes, seed });
    const cuts = lookAhead.cuts(count);
    const findings = await lookAhead.findings(cuts);
    this.#progress(0.5);
    const { columns, findings: ofColumns } = await proveColumns(
      { rerunner, data, base, lookAhead, seed },
      wholeBarsOf(series, data),
    );
    findings.push(...ofColumns);
    this.#progress(0.7);
    findings.push(...(await this.#byDates(rerunner, base, data, lookAhead)));
    if (vintage) {
      const found = await this.#byVintage(rerunner, base, data, lookAhead);
      if ('code' in found) return this.#failed(found);
      findings.push(...found);
    }
    this.#progress(0.8);
    const warmUp = await proveWarmUp(rerunner, data, base, lanes);
    this.#progress(1);
    return {
      ...this.#nothing(null),
      strategyName: base.name,
      holds: findings.length === 0,
      bars: data.pace.length,
      decisions: [...decisionsOf(base.tape)].length,
      runs: rerunner.runs,
      cuts: cuts.map((cut) => data.pace.time[cut - 1]!),
      ...{ findings, columns: [...columns], warmUp, blindSpots },
    };
  }

  /** Years that are written into a strategy were chosen by somebody who knew what happened in them. */
  async #byDates(rerunner: Rerunner, base: Rerun, data: ProofData, lookAhead: LookAhead): Promise<ProofFinding[]> {
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

  /** Over data as they stood earlier, a strategy decides as it does now, as far as they go. */
  async #byVintage(
    rerunner: Rerunner,
    base: Rerun,
    data: ProofData,
    lookAhead: LookAhead,
  ): Promise<ProofFinding[] | Failure> {
    const opened = await openBars(this.#workshop.columns, { dataset: this.#job.vintage!, options: this.#job.options });
    if ('code' in opened) return opened;
    const earlier = new ProofData(opened.series, new BarsReader(Infinity).read(opened.series), this.#folder);
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

  #progress(done: number): void {
    this.#hooks.onProgress?.('prove', done);
  }

  #failed(failure: Failure): ProofReport {
    return this.#nothing(failure);
  }

  #nothing(failure: Failure | null): ProofReport {
    return {
      schema: 'quarry.proof/1',
      ...{ strategyName: this.#job.source.entry, failure, holds: false, bars: 0, decisions: 0, runs: 0 },
      ...{ cuts: [], findings: [], columns: [], warmUp: [], blindSpots: [], milliseconds: 0 },
    };
  }
}

/** The same series in full, where the run is over a range of them. */
function wholeBarsOf(series: ProofData['series'], { bars }: ProofData): readonly Bars[] {
  if (series.every(({ length, rows }) => length === rows)) return bars;
  return new BarsReader(Infinity).read(series.map((one) => ({ ...one, first: 0, length: one.rows })));
}
