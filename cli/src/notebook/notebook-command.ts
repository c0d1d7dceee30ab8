import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import process from 'node:process';
import type { NotebookCell, NotebookReport } from '@quarry/contracts';
import { failureWords } from '../backtest/failure-words.js';
import { runLimits } from '../backtest/backtest-options.js';
import type { Config } from '../config.js';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.js';
import { defaultLimits, openRunner } from '../open-runner.js';
import { paint, printable, type Paint } from '../terminal/paint.js';
import { UsageError } from '../usage-error.js';

export interface NotebookFlags {
  readonly json?: boolean;
  readonly timeout?: string;
  readonly memory?: string;
}

/** `quarry notebook run`: the cells of a file, and what each gave. */
export async function runNotebookFile(
  path: string,
  flags: NotebookFlags,
  config: Config,
  signal: AbortSignal,
): Promise<ExitCode> {
  const limits = runLimits(flags, defaultLimits);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new UsageError(`There is no file "${path}".`);
    throw new UsageError(`"${path}" cannot be read as a notebook (${error.code ?? error.message}). Name a .ts file.`);
  });
  if (text.trim() === '') throw new UsageError(`"${path}" has no cells: it is empty. A cell begins with // %%.`);
  const file = basename(path);
  const runner = await openRunner(config, limits);
  try {
    const report = await runner.notebook(file, text, { signal });
    const colours = paint(config.colour && process.stdout.isTTY);
    process.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : notebookWords(report, colours));
    if (report.failure === null) return exitCodes.ok;
    const notebook = { source: { entry: file, files: { [file]: text } }, folder: dirname(resolve(path)) };
    process.stderr.write(
      failureWords(report.failure, notebook, paint(config.colour && process.stderr.isTTY), 'notebook'),
    );
    return exitCodeOf(report.failure);
  } finally {
    await runner.close();
  }
}

/** The cells in order of the file: text as it is, and of code what it wrote and gave. */
function notebookWords({ cells }: NotebookReport, paint: Paint): string {
  return cells.map((cell) => cellWords(cell, paint)).join('\n');
}

function cellWords({ index, kind, title, line, state, text, value, log }: NotebookCell, paint: Paint): string {
  if (kind === 'markdown') return `${printable(text)}\n`;
  const name = [`[${index + 1}]`, title, `line ${line}`].filter((part) => part !== '').join('  ');
  const said = state === 'not-run' ? [paint.yellow('did not run')] : state === 'failed' ? [paint.red('failed')] : [];
  const written = log.map((entry) => `${entry.level === 'log' ? '' : `${entry.level}: `}${printable(entry.text)}`);
  const given = value === null ? [] : [`= ${printable(value)}`];
  const lines = [...written, ...given, ...said].flatMap((words) => words.split('\n'));
  return `${paint.faint(name)}\n${lines.map((words) => `  ${words}\n`).join('')}`;
}
