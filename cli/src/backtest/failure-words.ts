import { join, relative } from 'node:path';
import process from 'node:process';
import type { Failure, SourcePosition, StrategySource } from '@quarry/contracts';
import type { Paint } from '../terminal/paint.js';
import { printable } from '../terminal/paint.js';
import { codeFrame } from './code-frame.js';

const diagnosticsShown = 10;

/** Where a strategy's files lie, and what stood in them when it ran. */
export interface StrategyOnDisk {
  readonly source: StrategySource;
  readonly folder: string;
}

const whatHappened = {
  'does-not-compile': 'The strategy does not compile.',
  threw: 'The strategy threw an error.',
  'timed-out': 'The strategy took too long.',
  'out-of-memory': 'The strategy used too much memory.',
  crashed: 'The strategy crashed its process.',
  poisoned: 'The strategy was given up after it killed its worker again and again.',
  'bad-result': 'The strategy gave a result that cannot be true.',
  'result-too-large': 'The strategy gave too large a result.',
  'bad-parameters': 'A parameter or setting does not fit.',
  'bad-selection': 'The choice of data does not fit.',
  'no-such-dataset': 'There is no such dataset.',
  'data-refused': 'The data were refused.',
  'bad-query': 'The query cannot be run.',
  'engine-changed': 'Quarry was updated while the run went on.',
  'past-deadline': 'The run did not end by its deadline.',
} satisfies Record<Failure['code'], string>;

/** A failure for a person: what happened, why, and the place in the code with its lines. */
export function failureWords(
  failure: Failure,
  strategy: StrategyOnDisk | null,
  paint: Paint,
  what: 'strategy' | 'notebook' = 'strategy',
): string {
  const happened = whatHappened[failure.code].replace('strategy', what);
  const parts = [`${paint.red(paint.bold(happened))} (${failure.code})`];
  const shown = failure.diagnostics.slice(0, diagnosticsShown);
  if (shown.length === 0) {
    parts.push(printable(failure.message));
    if (failure.position) parts.push(placeWords(failure.position, strategy, paint));
  }
  for (const diagnostic of shown) {
    parts.push(
      '',
      `${printable(diagnostic.message)} ${paint.faint(diagnostic.code)}`,
      placeWords(diagnostic, strategy, paint),
    );
  }
  const rest = failure.diagnostics.length - shown.length;
  if (rest > 0) parts.push('', `… and ${rest} more.`);
  return `${parts.join('\n')}\n`;
}

/** A place in the code with its lines, where the files lie on this machine. */
export function placeWords(position: SourcePosition, strategy: StrategyOnDisk | null, paint: Paint): string {
  const { file, line, column } = position;
  const path = strategy ? relative(process.cwd(), join(strategy.folder, file)) : file;
  const frame = strategy ? codeFrame(strategy.source, position).map(printable) : [];
  return [`  ${paint.bold(`${path}:${line}:${column}`)}`, ...frame.map((text) => `    ${paint.faint(text)}`)].join(
    '\n',
  );
}
