import type { Failure } from '@quarry/contracts';

/** What the command's exit code tells a script. */
export const exitCodes = {
  ok: 0,
  strategyFailed: 1,
  wrongUsage: 2,
  dataRefused: 3,
  ourFault: 4,
  gateFailed: 5,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const byFailure = {
  'does-not-compile': exitCodes.strategyFailed,
  threw: exitCodes.strategyFailed,
  'timed-out': exitCodes.strategyFailed,
  'out-of-memory': exitCodes.strategyFailed,
  crashed: exitCodes.strategyFailed,
  poisoned: exitCodes.strategyFailed,
  'bad-result': exitCodes.strategyFailed,
  'result-too-large': exitCodes.strategyFailed,
  'bad-parameters': exitCodes.wrongUsage,
  'bad-selection': exitCodes.wrongUsage,
  'no-such-dataset': exitCodes.wrongUsage,
  'data-refused': exitCodes.dataRefused,
  'bad-query': exitCodes.wrongUsage,
  'engine-changed': exitCodes.ourFault,
  'past-deadline': exitCodes.strategyFailed,
} satisfies Record<Failure['code'], ExitCode>;

export function exitCodeOf(failure: Failure): ExitCode {
  return byFailure[failure.code];
}

/** What `--json` promises: wrong usage is told in words on stderr alone, all else as an object on stdout too. */
export function hasJson(code: ExitCode): boolean {
  return code !== exitCodes.wrongUsage;
}

export const exitCodesHelp = `
Exit codes:
  0    ok
  1    the strategy failed: it does not compile, threw, or passed a limit
  2    wrong usage: an option, a parameter, a name or a path
  3    data refused: the file cannot be read as bars
  4    our fault, or a service out of reach
  5    a gate or suite failed
  130  interrupted

With --json, a failure with code 1 or 3 is an object on stdout too, with "failure" in it; wrong usage (2) is told
on stderr only.`;
