import type { Cell, CellKind, CellProblem } from './cell.js';

export interface Notebook {
  readonly cells: readonly Cell[];
  readonly problems: readonly CellProblem[];
}

const marker = /^\s*\/\/\s*%%(?:\s+(?:\[(?<kind>[^\]]*)\])?\s*(?<title>.*?))?\s*$/;
const kinds: Readonly<Record<string, CellKind>> = {
  '': 'code',
  code: 'code',
  markdown: 'markdown',
  md: 'markdown',
  sql: 'sql',
};

/**
 * Splits a file in the percent format into cells. A line `// %%` opens a code cell, `// %% [markdown]` one of text and
 * `// %% [sql] name` a query; what stands before the first marker is a code cell, if anything does. Markdown and SQL are
 * written as comments, so that the file stays TypeScript. Never throws: flaws are `problems`.
 */
export function parseNotebook(source: string): Notebook {
  const lines = source.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const cells: Cell[] = [];
  const problems: CellProblem[] = [];
  let open: { kind: CellKind; title: string; firstLine: number; lines: string[] } = {
    kind: 'code',
    title: '',
    firstLine: 1,
    lines: [],
  };

  const close = (): void => {
    const { kind, title, firstLine } = open;
    const text = kind === 'code' ? open.lines.join('\n') : uncomment(open.lines);
    const preamble = firstLine === 1 && cells.length === 0;
    if (preamble && text.trim() === '') return;
    if (kind === 'sql' && !/^[A-Za-z_]\w*$/.test(title)) {
      const message =
        title === '' ? 'An SQL cell needs a name: // %% [sql] rows' : `"${title}" cannot name the rows of an SQL cell.`;
      problems.push({ code: 'nameless-sql', message, cells: [cells.length], line: firstLine - 1 });
    }
    cells.push({ index: cells.length, kind, title, firstLine, text });
  };

  lines.forEach((line, i) => {
    const match = marker.exec(line);
    if (match === null) {
      open.lines.push(line);
      return;
    }
    close();
    const { kind: word = '', title = '' } = match.groups ?? {};
    const kind = kinds[word.trim().toLowerCase()];
    if (kind === undefined) {
      const message = `A cell of kind [${word}] is unknown: use [markdown], [sql] or none for code.`;
      problems.push({ code: 'unknown-kind', message, cells: [cells.length], line: i + 1 });
    }
    open = { kind: kind ?? 'code', title, firstLine: i + 2, lines: [] };
  });
  close();
  return { cells, problems };
}

/** Text out of `// ` lines or one block comment; lines that are no comment stay as they are. */
function uncomment(lines: readonly string[]): string {
  const text = lines.join('\n').trim();
  const block = /^\/\*+([\s\S]*?)\*\/$/.exec(text);
  const bare = block
    ? (block[1] ?? '').split('\n').map((line) => line.replace(/^\s*\* ?/, ''))
    : text.split('\n').map((line) => line.replace(/^\s*\/\/ ?/, ''));
  return bare.join('\n').trim();
}
