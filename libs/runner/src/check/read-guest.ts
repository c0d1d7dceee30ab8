import type { Failure, LogLine } from '@quarry/contracts';
import type { Script } from '../compile/bundle.js';
import type { RunLimits } from '../runner.js';
import type { GuestEnd } from '../sandbox/guest-process.js';
import { Positions } from '../compile/source-position.js';
import { readOutcome, OutcomeLog, type ReadOutcome } from '../sandbox/outcome.js';

const levels = ['debug', 'log', 'info', 'warn', 'error'] as const;

/** What came of a child, read and told in the user's own files: the outcome of a guest that ended well, or why not. */
export interface GuestReading {
  /** Null where the child ended without a word. */
  readonly outcome: ReadOutcome | null;
  readonly failure: Failure | null;
}

export function readGuest(end: GuestEnd, script: Script, limits: RunLimits): GuestReading {
  if (end.kind !== 'answered') return { outcome: null, failure: failureOf(end, limits) };
  const outcome = readOutcome(end.outcome);
  if (!outcome) {
    const message = "The strategy's process returned what no run could have returned.";
    return { outcome: null, failure: failure('bad-result', message) };
  }
  const told = outcome.failure && { ...outcome.failure, code: codeOf(outcome.failure) };
  const position = told && new Positions(script).at(told.line, told.column);
  return {
    outcome,
    failure: told && { ...failure(told.code, told.message || sentence(told.code, limits)), position },
  };
}

/** Reads a run's log as it comes, told in the user's own files. */
export class LogReader {
  readonly lines: LogLine[] = [];
  readonly #log = new OutcomeLog();
  readonly #positions: Positions;
  readonly #heard: (lines: readonly LogLine[]) => void;

  /** `heard` is told of each piece that has lines. */
  constructor(script: Script, heard: (lines: readonly LogLine[]) => void = () => undefined) {
    this.#positions = new Positions(script);
    this.#heard = heard;
  }

  /** True where lines were left out or shortened. */
  get isCut(): boolean {
    return this.#log.cut;
  }

  take(piece: Uint8Array): void {
    const lines = this.#log.read(piece).map(([level, text, bar, time, line, column]): LogLine => {
      const at = this.#positions.at(line, column);
      return { level: levels[level] ?? 'log', text, bar, time, file: at?.file ?? null, line: at?.line ?? null };
    });
    if (lines.length === 0) return;
    this.lines.push(...lines);
    this.#heard(lines);
  }
}
/** The isolate refuses memory for arrays with an error that the strategy sees, and could have caught. */
function codeOf({ code, message }: NonNullable<ReadOutcome['failure']>): Failure['code'] {
  return code === 'threw' && message === 'RangeError: Array buffer allocation failed' ? 'out-of-memory' : code;
}

function failureOf(end: Exclude<GuestEnd, { kind: 'answered' }>, limits: RunLimits): Failure {
  if (end.kind === 'died')
    return failure('crashed', `The strategy's process died (${end.how}), and again when it was tried once more.`);
  return failure(end.kind, sentence(end.kind, limits));
}

function sentence(code: Failure['code'], { wallMs, memoryMb, resultBytes }: RunLimits): string {
  switch (code) {
    case 'timed-out':
      return `The strategy ran longer than its limit of ${wallMs / 1000} s.`;
    case 'out-of-memory':
      return `The strategy took more memory than its limit of ${memoryMb} MB.`;
    case 'result-too-large':
      return `What the strategy returned is larger than its limit of ${resultBytes} bytes.`;
    default:
      return "What the strategy's process returned cannot be read.";
  }
}

function failure(code: Failure['code'], message: string): Failure {
  return { code, message, position: null, diagnostics: [] };
}
