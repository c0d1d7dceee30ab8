import type { Diagnostic } from '@quarry/contracts';
import type { Script } from './bundle.js';

/** What compiling a strategy yields: its script, or null where a diagnostic is an error. */
export interface Compiled {
  readonly diagnostics: readonly Diagnostic[];
  readonly script: Script | null;
}

/** Built files that the compiler's process reads. */
export interface CompilerFiles {
  readonly engineTypes: string;
  readonly engineExports: string;
}
