import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { describe, expect, test } from '@jest/globals';
import { cellGraph, notebookModule, parseNotebook } from './index.js';

const golden = new URL('../golden/', import.meta.url);

/** Everything the library says of a notebook, as it is kept in golden/*.json. UPDATE_GOLDEN=1 writes it anew. */
function everythingAbout(source: string): unknown {
  const notebook = parseNotebook(source);
  const graph = cellGraph(notebook.cells);
  const { text } = notebookModule(notebook.cells, graph);
  return JSON.parse(JSON.stringify({ ...notebook, graph, module: text.split('\n') }));
}

describe('a notebook in the percent format', () => {
  test.each(readdirSync(golden).filter((name) => name.endsWith('.cells')))('%s is read as kept', (name) => {
    const found = everythingAbout(readFileSync(new URL(name, golden), 'utf8'));
    const kept = new URL(name.replace(/\.cells$/, '.json'), golden);
    if (process.env['UPDATE_GOLDEN']) writeFileSync(kept, `${JSON.stringify(found, null, 2)}\n`);
    expect(found).toEqual(JSON.parse(readFileSync(kept, 'utf8')));
  });

  test('an empty file has no cells', () => {
    expect(parseNotebook('\n\n').cells).toEqual([]);
  });

  test('line ends of Windows and a byte order mark change nothing', () => {
    const source = '// %% One\nconst a = 1;\n// %%\na\n';
    expect(everythingAbout(`\uFEFF${source.replaceAll('\n', '\r\n')}`)).toEqual(everythingAbout(source));
  });

  test('a file without markers is one cell', () => {
    expect(parseNotebook('const a = 1;').cells).toEqual([
      { index: 0, kind: 'code', title: '', firstLine: 1, text: 'const a = 1;' },
    ]);
  });

  test('a cell that is not TypeScript still has names, and no error is thrown', () => {
    const { cells } = parseNotebook('// %%\nconst a = ;;; )(\n// %%\na + {');
    expect(cellGraph(cells).needs).toEqual([[], [0]]);
  });

  test('a place of the module is found again in the notebook, also after what was put in before it', () => {
    const { cells } = parseNotebook('// %%\nfirst + broken;\n// %%\nconst first = 1;\n');
    const module = notebookModule(cells, cellGraph(cells));
    const lines = module.text.split('\n');
    const line = lines.findIndex((text) => text.includes('broken')) + 1;
    const column = (lines[line - 1]?.indexOf('broken') ?? 0) + 1;
    expect(module.locate(line, column)).toEqual({ cell: 0, line: 2, column: 9 });
  });
});
