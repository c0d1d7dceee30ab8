import type { Failure, LogLine } from '@quarry/contracts';
import type { Script } from '../compile/bundle.js';
import { Positions } from '../compile/source-position.js';
import type { RunLimits } from '../runner.js';
import type { GuestEnd } from '../sandbox/guest-process.js';
import { readOutcome, type ReadOutcome } from '../sandbox/outcome.js';

const levels = ['debug', 'log', 'info', 'warn', 'error'] as const;

/** What came of a child, read and told in the user's own files: the outcome of a guest that ended well, or why not. */
export interface GuestReading {
  /** Null where the child ended without a word. */
  readonly outcome: ReadOutcome | null;
  readonly tape: Uint8Array;
  readonly failure: Failure | null;
  readonly log: readonly LogLine[];
  readonly logCut: boolean;
}

export function readGuest(end: GuestEnd, script: Script, limits: RunLimits): GuestReading {
  const empty = { outcome: null, tape: new Uint8Array(), log: [], logCut: false };
  if (end.kind !== 'answered') return { ...empty, failure: failureOf(end, limits) };
  const outcome = readOutcome(end.outcome);
  if (!outcome)
    return {
      ...empty,
      failure: failure('bad-result', "The strategy's process returned what no run could have returned."),
    };

  const positions = new Positions(script.map);
  const log = outcome.log.map(([level, text, bar, time, line, column]): LogLine => {
    const at = positions.at(line, column);
    return { level: levels[level] ?? 'log', text, bar, time, file: at?.file ?? null, line: at?.line ?? null };
  });
  const told = outcome.failure && { ...outcome.failure, code: codeOf(outcome.failure) };
  const position = told && positions.at(told.line, told.column);
  return {
    outcome,
    tape: end.tape,
    failure: told && { ...failure(told.code, told.message || sentence(told.code, limits)), position },
    log,
    logCut: outcome.logCut,
  };
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
