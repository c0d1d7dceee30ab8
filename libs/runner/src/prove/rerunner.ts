import type { Failure, LogLine, ParamValues } from '@quarry/contracts';
import { decisionsOf, TapeError, type BacktestSettings, type Tape } from '@quarry/engine/host';
import type { Workshop } from '../backtest.js';
import { LogReader, readGuest } from '../check/read-guest.js';
import type { Script } from '../compile/bundle.js';
import type { SeriesFiles } from '../sandbox/sandbox.js';
import { tapeBytesOf } from '../sandbox/tape-bytes.js';

/** A strategy's run over some bars: what it told the broker and its log, or why it failed. */
export interface Rerun {
  readonly tape: Tape;
  readonly log: readonly LogLine[];
  readonly logCut: boolean;
  readonly failure: Failure | null;
  /** What the strategy calls itself; empty where it never came so far. */
  readonly name: string;
}

/** Runs one strategy with one set of parameters over many variants of its bars, each in a child of its own. Nothing is replayed. */
export class Rerunner {
  /** How many runs there were. */
  runs = 0;
  readonly #workshop: Workshop;
  readonly #script: Script;
  readonly #params: ParamValues;
  readonly #settings: BacktestSettings;
  readonly #signal: AbortSignal | undefined;

  constructor(
    workshop: Workshop,
    job: { readonly script: Script; readonly params: ParamValues; readonly settings: BacktestSettings },
    signal?: AbortSignal,
  ) {
    this.#workshop = workshop;
    this.#script = job.script;
    this.#params = job.params;
    // A position closed at the last bar's open would make the last bar different from all others.
    this.#settings = { ...job.settings, atEnd: 'mark' };
    this.#signal = signal;
  }

  /** @param breakAt the row of the tape at whose writing the run ends: the failure then tells the place in the strategy */
  async run(series: readonly SeriesFiles[], breakAt?: number): Promise<Rerun> {
    const { sandbox, limits } = this.#workshop;
    this.runs++;
    const request = {
      kind: 'backtest',
      script: this.#script.code,
      library: this.#script.library,
      params: this.#params,
      settings: this.#settings,
      ...(breakAt !== undefined && { breakAt }),
      wallMs: limits.wallMs,
      outcomeBytes: limits.resultBytes,
      tapeBytes: tapeBytesOf(series),
    } as const;
    let blocks: Uint8Array[] = [];
    let log = new LogReader(this.#script);
    const listen = () => {
      blocks = [];
      log = new LogReader(this.#script);
      return {
        tape: (block: Uint8Array) => void blocks.push(block),
        log: (piece: Uint8Array) => log.take(piece),
      };
    };
    const end = await sandbox.run({ memoryMb: limits.memoryMb, series }, request, listen, this.#signal);
    const { outcome, failure } = readGuest(end, this.#script, limits);
    const tape = { bytes: new Uint8Array(Buffer.concat(blocks)), symbols: series.map(({ symbol }) => symbol) };
    const read = { tape, log: log.lines, logCut: log.isCut, name: outcome?.name ?? '' };
    return { ...read, failure: failure ?? forgery(tape) };
  }
}

/** Why no run of ours can have written a tape; null where one can. */
function forgery(tape: Tape): Failure | null {
  try {
    const decisions = decisionsOf(tape);
    while (!decisions.next().done);
    return null;
  } catch (error) {
    if (!(error instanceof TapeError)) throw error;
    const message = `The strategy's process returned orders that cannot be: ${error.message}`;
    return { code: 'bad-result', message, position: null, diagnostics: [] };
  }
}
