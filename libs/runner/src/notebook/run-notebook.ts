import type { Diagnostic, Failure, LogLine, NotebookCell, NotebookReport, StrategySource } from '@quarry/contracts';
import {
  cellBegins,
  cellGives,
  cellGraph,
  notebookModule,
  parseNotebook,
  type Cell,
  type NotebookModule,
} from '@quarry/notebook';
import type { Workshop } from '../backtest.js';
import { doesNotCompile } from '../check/check-strategy.js';
import { LogReader, readGuest } from '../check/read-guest.js';
import type { RunHooks } from '../runner.js';

/** What the sandbox loads: a module whose default export is a strategy. A notebook without one gets one that does nothing. */
const idleStrategy = `
import { defineStrategy as defineIdleStrategy } from '@quarry/engine';
export default defineIdleStrategy({ name: 'notebook', params: {}, init: () => ({}), next() {} });
`;

/**
 * Runs the code cells of a notebook in the sandbox, each after those it needs, and tells what each gave. The first error
 * ends the run. Rejects only when aborted or where we are at fault.
 */
export async function runNotebook(
  { compiler, sandbox, limits }: Workshop,
  file: string,
  text: string,
  hooks: RunHooks,
): Promise<NotebookReport> {
  const started = performance.now();
  const { cells, problems } = parseNotebook(text);
  const graph = cellGraph(cells);
  const report = (failure: Failure | null, ran: Ran = nothingRan): NotebookReport => ({
    schema: 'quarry.notebook/1',
    cells: cells.map((cell) => cellReport(cell, ran, failure)),
    order: graph.order.filter((index) => cells[index]!.kind === 'code'),
    failure,
    logCut: ran.logCut,
    environment: { wall: sandbox.wall, milliseconds: performance.now() - started },
  });
  const flaws = [...problems, ...graph.problems, ...queries(cells)];
  if (flaws.length > 0) return report(doesNotCompile(flaws.map((flaw) => diagnosticOf(flaw, file))));

  const module = notebookModule(cells, graph);
  const { script, diagnostics } = await compiler.compile(sourceOf(module, cells), hooks.signal);
  const told = diagnostics.map((diagnostic) => toNotebook(diagnostic, module, file));
  if (!script) return report(doesNotCompile(told));

  const log = new LogReader(script);
  const end = await sandbox.run(
    { memoryMb: limits.memoryMb, series: [] },
    {
      kind: 'check',
      script: script.code,
      library: script.library,
      params: {},
      settings: null,
      wallMs: limits.wallMs,
      outcomeBytes: limits.resultBytes,
      tapeBytes: 0,
    },
    () => ({ tape: () => undefined, log: (piece) => log.take(piece) }),
    hooks.signal,
  );
  const { failure } = readGuest(end, script, limits);
  const ran = readLog(log.lines, module, file, log.isCut);
  const position = failure?.position && toNotebook(failure.position, module, file);
  return report(failure && { ...failure, position: position ?? null }, ran);
}

/** What keeps a notebook from running, at a line of its file. */
interface Flaw {
  readonly code: string;
  readonly message: string;
  readonly line: number;
}

/** What the log tells of the cells: which began, what each gave and wrote. */
interface Ran {
  readonly began: readonly number[];
  readonly values: ReadonlyMap<number, string>;
  readonly lines: ReadonlyMap<number, readonly LogLine[]>;
  readonly logCut: boolean;
}

const nothingRan: Ran = { began: [], values: new Map(), lines: new Map(), logCut: false };

function readLog(log: readonly LogLine[], module: NotebookModule, file: string, logCut: boolean): Ran {
  const began: number[] = [];
  const values = new Map<number, string>();
  const lines = new Map<number, LogLine[]>();
  for (const line of log) {
    const [word, number, ...rest] = line.text.split(' ');
    if (word === cellBegins) {
      began.push(Number(number));
      lines.set(Number(number), []);
    } else if (word === cellGives) {
      const value = rest.join(' ');
      if (value !== 'undefined') values.set(Number(number), value);
    } else {
      const at = line.line === null ? null : module.locate(line.line, 1);
      lines.get(at?.cell ?? began.at(-1) ?? -1)?.push({ ...line, file: at && file, line: at?.line ?? null });
    }
  }
  return { began, values, lines, logCut };
}

function cellReport(cell: Cell, { began, values, lines }: Ran, failure: Failure | null): NotebookCell {
  const { index, kind, title, firstLine: line, text } = cell;
  const ran = began.includes(index);
  const failed = failure !== null && began.at(-1) === index;
  const state = kind === 'markdown' ? 'text' : failed ? 'failed' : ran ? 'ran' : 'not-run';
  return {
    index,
    kind,
    title,
    line,
    state,
    text,
    value: values.get(index) ?? null,
    log: [...(lines.get(index) ?? [])],
  };
}

function queries(cells: readonly Cell[]): Flaw[] {
  const message = 'SQL cells do not run yet. Take this cell out, or read the data in a strategy.';
  return cells
    .filter(({ kind }) => kind === 'sql')
    .map(({ firstLine }) => ({ code: 'no-sql-yet', message, line: firstLine }));
}

function sourceOf({ text }: NotebookModule, cells: readonly Cell[]): StrategySource {
  const hasStrategy = cells.some(({ kind, text: code }) => kind === 'code' && /^[ \t]*export\s+default\b/m.test(code));
  return { entry: 'notebook.ts', files: { 'notebook.ts': hasStrategy ? text : text + idleStrategy } };
}

function diagnosticOf({ code, message, line }: Flaw, file: string): Diagnostic {
  return { file, line, column: 1, endLine: line, endColumn: 1, severity: 'error', code, message };
}

/** A place of the module as one of the notebook; what is in neither cell, line 1. */
function toNotebook<T extends { line: number; column: number; endLine?: number; endColumn?: number }>(
  place: T,
  module: NotebookModule,
  file: string,
): T & { file: string } {
  const from = module.locate(place.line, place.column) ?? { line: 1, column: 1 };
  if (place.endLine === undefined || place.endColumn === undefined) {
    return { ...place, file, line: from.line, column: from.column };
  }
  const to = module.locate(place.endLine, place.endColumn) ?? from;
  return { ...place, file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}
