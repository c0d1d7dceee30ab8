import type { Config } from '../config.js';
import type { ExitCode } from '../exit-codes.js';
import { UsageError } from '../usage-error.js';

export interface NotebookFlags {
  readonly json?: boolean;
  readonly timeout?: string;
  readonly memory?: string;
}

/** `quarry notebook run`: the cells of a file in order. */
export function runNotebookFile(
  file: string,
  _flags: NotebookFlags,
  _config: Config,
  _signal: AbortSignal,
): Promise<ExitCode> {
  return Promise.reject(new UsageError(`Notebooks do not run yet: ${file}.`));
}
