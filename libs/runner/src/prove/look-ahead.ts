import type { LogLine, ProofFinding, ProofMethod } from '@quarry/contracts';
import { decisionsOf, firstDifference, type Decision, type Difference } from '@quarry/engine/host';
import type { SeriesFiles } from '../sandbox/sandbox.js';
import type { ProofData } from './proof-data.js';
import type { Rerun, Rerunner } from './rerunner.js';

/** Of the cuts, so large a part lie right after decisions of the strategy, the others evenly over the bars. */
const shareAtDecisions = 0.6;
const mostHalvings = 8;

/** How the future is taken away. */
export const cutMethods = ['truncated', 'noise'] as const;
type CutMethod = (typeof cutMethods)[number];

/** A cut at which the decisions before it changed, and how. */
export interface Leak {
  readonly method: CutMethod;
  /** How many moments were known. */
  readonly cut: number;
  readonly difference: Difference | null;
  /** Where no decision changed but what was logged did, or the run failed. */
  readonly otherwise: Pick<ProofFinding, 'message' | 'position'> | null;
}

/** Looks for decisions that hang on bars which were not known, by cutting the data off and by turning their end into noise. */
export class LookAhead {
  readonly #rerunner: Rerunner;
  readonly #data: ProofData;
  readonly #base: Rerun;
  readonly #seed: number;

  constructor(rerunner: Rerunner, data: ProofData, base: Rerun, seed: number) {
    this.#rerunner = rerunner;
    this.#data = data;
    this.#base = base;
    this.#seed = seed;
  }

  /** What of the decisions up to a cut is another where the future is taken away. */
  async leakAt(method: CutMethod, cut: number): Promise<Leak | null> {
    const run = await this.#rerunner.run(this.#seriesAt(method, cut));
    const leak = { method, cut, difference: null, otherwise: null };
    if (run.failure) {
      // What it throws over noise tells nothing: it may do so at a bar that is noise.
      if (method === 'noise' || run.failure.code !== 'threw') return null;
      const message = `over data that end there the strategy throws: ${run.failure.message}`;
      return { ...leak, otherwise: { message, position: run.failure.position } };
    }
    const difference = firstDifference(this.#base.tape, run.tape, cut);
    if (difference) return { ...leak, difference };
    const otherwise = logDifference(this.#base, run, cut);
    return otherwise && { ...leak, otherwise };
  }

  /**
   * A finding for each method that has one: at the earliest cut that shows it, halved towards the one before.
   * @param leaks in the order of their cuts
   */
  async findings(leaks: readonly Leak[], cuts: readonly number[]): Promise<ProofFinding[]> {
    const findings: ProofFinding[] = [];
    for (const method of cutMethods) {
      const first = leaks.find((leak) => leak.method === method);
      if (first) findings.push(await this.#findingOf(await this.#earliest(first, cuts)));
    }
    return findings;
  }

  /** A difference that was found otherwise, as a finding. */
  async told(
    method: ProofMethod,
    message: string,
    difference: Difference,
    series: readonly SeriesFiles[],
  ): Promise<ProofFinding> {
    const { before, after } = difference;
    return {
      ...{ method, message, cut: null, before: this.#decision(before), after: this.#decision(after) },
      position: await this.#position(difference, series),
    };
  }

  #seriesAt(method: CutMethod, cut: number): readonly SeriesFiles[] {
    return method === 'truncated' ? this.#data.endingAfter(cut) : this.#data.noiseAfter(cut, this.#seed);
  }

  async #earliest(first: Leak, cuts: readonly number[]): Promise<Leak> {
    let leak = first;
    let low = cuts[cuts.indexOf(first.cut) - 1] ?? 0;
    for (let i = 0; i < mostHalvings && leak.cut - low > 1; i++) {
      const middle = (low + leak.cut) >>> 1;
      const found = await this.leakAt(first.method, middle);
      if (found) leak = found;
      else low = middle;
    }
    return leak;
  }

  async #findingOf({ method, cut, difference, otherwise }: Leak): Promise<ProofFinding> {
    const what = method === 'truncated' ? 'the data end there' : 'the bars after that are noise';
    return {
      method,
      message:
        otherwise?.message ?? `a decision up to the cut is another one when ${what}: it hangs on what came later`,
      cut: this.#data.pace.time[cut - 1]!,
      before: this.#decision(difference?.before ?? null),
      after: this.#decision(difference?.after ?? null),
      position: otherwise
        ? otherwise.position
        : difference && (await this.#position(difference, this.#seriesAt(method, cut))),
    };
  }

  /** Runs once more, up to the decision in question: the line that makes it is where that run breaks off. */
  async #position({ before, after }: Difference, series: readonly SeriesFiles[]): Promise<ProofFinding['position']> {
    const run = before
      ? await this.#rerunner.run(this.#data.series, before.row)
      : await this.#rerunner.run(series, after!.row);
    return run.failure?.position ?? null;
  }

  #decision(decision: Decision | null): ProofFinding['before'] {
    if (decision === null) return null;
    const { moment, symbol, words } = decision;
    return { bar: moment, time: this.#data.pace.time[moment]!, symbol, words };
  }
}

/** How many moments are known at each cut: right after decisions, where a look ahead shows, and evenly over the bars. */
export function cutsOf({ pace: { length } }: ProofData, { tape }: Rerun, count: number): number[] {
  const moments = [...new Set(Array.from(decisionsOf(tape), ({ moment }) => moment + 1))];
  const atDecisions = Math.min(moments.length, Math.round(count * shareAtDecisions));
  const chosen = evenly(atDecisions).map((share) => moments[Math.floor(share * moments.length)]!);
  const others = evenly(count - atDecisions).map((share) => Math.floor(share * length));
  return [...new Set([...chosen, ...others])].filter((cut) => cut > 0 && cut < length).sort((a, b) => a - b);
}

/** So many shares of a whole, evenly within it. */
function evenly(count: number): number[] {
  return Array.from({ length: count }, (_, i) => (i + 1) / (count + 1));
}

/** What a strategy logs up to a bar is what it knew there. */
function logDifference(base: Rerun, run: Rerun, cut: number): Leak['otherwise'] {
  const was = base.log.filter(({ bar }) => bar < cut);
  const is = run.log.filter(({ bar }) => bar < cut);
  const length = base.logCut || run.logCut ? Math.min(was.length, is.length) : Math.max(was.length, is.length);
  for (let i = 0; i < length; i++) {
    if (was[i]?.text === is[i]?.text && was[i]?.bar === is[i]?.bar) continue;
    const line = (was[i] ?? is[i])!;
    const message = `what it logs changes, though no decision does: ${quoted(was[i])} becomes ${quoted(is[i])}`;
    return { message, position: line.file === null ? null : { file: line.file, line: line.line ?? 1, column: 1 } };
  }
  return null;
}

function quoted(line: LogLine | undefined): string {
  return line ? JSON.stringify(line.text.slice(0, 80)) : 'nothing';
}
