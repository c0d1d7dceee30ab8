import * as z from 'zod';

/** Why a run failed. A closed list: tables over it are checked by the compiler. */
export const failureCodes = [
  'does-not-compile',
  'threw',
  'timed-out',
  'out-of-memory',
  'crashed',
  'poisoned',
  'bad-result',
  'result-too-large',
  'bad-parameters',
  'bad-selection',
  'no-such-dataset',
  'data-refused',
  'bad-query',
  'engine-changed',
  'past-deadline',
] as const;
export const FailureCode = z.enum(failureCodes);
export type FailureCode = z.infer<typeof FailureCode>;

/** A place in the user's own sources; lines and columns count from 1. */
export const SourcePosition = z.object({ file: z.string(), line: z.int().min(1), column: z.int().min(1) });
export type SourcePosition = z.infer<typeof SourcePosition>;

export const Diagnostic = z.object({
  file: z.string(),
  line: z.int().min(1),
  column: z.int().min(1),
  endLine: z.int().min(1),
  endColumn: z.int().min(1),
  severity: z.enum(['error', 'warning']),
  /** The compiler's code, such as `TS2345`. */
  code: z.string(),
  message: z.string(),
});
export type Diagnostic = z.infer<typeof Diagnostic>;

/** A run's failure as a value: what the user did wrong or what befell the run, never an exception of ours. */
export const Failure = z.object({
  code: FailureCode,
  message: z.string(),
  position: SourcePosition.nullable(),
  diagnostics: z.array(Diagnostic),
});
export type Failure = z.infer<typeof Failure>;
