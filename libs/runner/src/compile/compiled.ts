import type { Diagnostic, StrategySource } from '@quarry/contracts';
import type { Script } from './bundle.js';

/** What compiling a strategy yields: its script, or null where a diagnostic is an error. */
export interface Compiled {
  readonly diagnostics: readonly Diagnostic[];
  readonly script: Script | null;
}

/** What the compiler's process is asked. */
export interface CompileRequest {
  readonly source: StrategySource;
  /** Whether the script is to write down what of it ran. */
  readonly marked: boolean;
}

/** Built files that the compiler's process reads. */
export interface CompilerFiles {
  readonly engineTypes: string;
  readonly engineExports: string;
}
