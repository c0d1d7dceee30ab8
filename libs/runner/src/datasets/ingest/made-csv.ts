/** A CSV file made for a spec, with what is known of it. */
export interface MadeCsv {
  readonly title: string;
  readonly bytes: Buffer;
  /** Records of data that stand in it. */
  readonly present: number;
  /** How many of them hold no bar, or that the file is to be refused whole. */
  readonly bad: number | 'file';
  /** The closes of the others, in order of time. */
  readonly close: readonly number[];
}

interface Dialect {
  readonly delimiter: string;
  readonly newline: string;
  readonly quoted: 'none' | 'all' | 'times';
  readonly hasHeader: boolean;
}

/** A table on its way to a file: a fault changes its cells, then its lines, then its text. */
interface Draft {
  readonly title: string;
  readonly cells?: (rows: string[][], dialect: Dialect) => void;
  readonly lines?: (lines: string[], dialect: Dialect) => void;
  readonly text?: (text: string) => string | Buffer;
  /** Records that it adds. */
  readonly added?: number;
  readonly bad?: number | 'file';
  /** Whether it needs names of columns to be understood. */
  readonly named?: boolean;
}

const days = 40;
const note = 6;
const inEvery = 13;

const someRows = (change: (row: string[], dialect: Dialect) => void) => (rows: string[][], dialect: Dialect) =>
  rows.forEach((row, k) => k % inEvery === inEvery - 1 && change(row, dialect));
const someLines = (change: (line: string, dialect: Dialect) => string) => (lines: string[], dialect: Dialect) =>
  lines.forEach((line, k) => k % inEvery === inEvery - 1 && (lines[k] = change(line, dialect)));

const drafts: readonly Draft[] = [
  { title: 'plain' },
  { title: 'a byte order mark', text: (text) => `\uFEFF${text}` },
  { title: 'rows above the table', named: true, text: (text) => `Exported by a vendor\n\n${text}` },
  { title: 'no end of the last line', text: (text) => text.trimEnd() },
  { title: 'blank lines', lines: someLines((line, { newline }) => line + newline) },
  { title: 'rows that end early', cells: someRows((row) => row.splice(4)), bad: 3 },
  { title: 'rows with a cell too many', cells: someRows((row) => row.push('7')), bad: 3 },
  { title: 'no close', cells: someRows((row) => (row[4] = '')), bad: 3 },
  { title: 'a close that is text', cells: someRows((row) => (row[4] = 'halted')), bad: 3 },
  { title: 'dates that do not exist', cells: someRows((row) => (row[0] = '2020-02-30')), bad: 3 },
  { title: 'a close beyond any number', cells: someRows((row) => (row[4] = '1e999')), bad: 3 },
  { title: 'a zero byte in a close', cells: someRows((row) => (row[4] = '1\0')), bad: 3 },
  { title: 'line ends in quotes', named: true, cells: someRows((row) => (row[note] = '"two\nlines"')) },
  {
    title: 'delimiters in quotes',
    named: true,
    cells: someRows((row, { delimiter }) => (row[note] = `"a${delimiter}b"`)),
  },
  { title: 'doubled marks', named: true, cells: someRows((row) => (row[note] = '"a ""b"" c"')) },
  { title: 'a note of 100,000 letters', named: true, cells: (rows) => (rows[7]![note] = 'x'.repeat(100_000)) },
  {
    title: 'a note of three million letters',
    named: true,
    cells: (rows) => (rows[7]![note] = 'x'.repeat(3e6)),
    bad: 'file',
  },
  {
    title: 'Windows-1252',
    named: true,
    cells: (rows) => (rows[0]![note] = 'é'),
    text: (text) => Buffer.from(text, 'latin1'),
  },
  { title: 'UTF-16', text: (text) => Buffer.from(`\uFEFF${text}`, 'utf16le') },
  {
    title: 'a delimiter behind each row',
    named: true,
    lines: (lines, { delimiter }) => lines.forEach((line, k) => (lines[k] = line + delimiter)),
  },
  { title: 'rows that come twice', lines: (lines) => lines.splice(20, 0, ...lines.slice(16, 20)), added: 4, bad: 4 },
  { title: 'newest first', lines: (lines) => lines.reverse() },
  { title: 'a line below the table', lines: (lines) => lines.push('40 rows in all'), added: 1, bad: 1 },
  { title: 'a remark between rows', lines: (lines) => lines.splice(30, 0, '# revised'), added: 1, bad: 1 },
  { title: 'a mark that never closes', text: (text) => `${text}"2021-01-01`, added: 1, bad: 'file' },
];

const dialects: readonly Dialect[] = [',', ';', '\t', '|'].flatMap((delimiter) =>
  ['\n', '\r\n', '\r'].flatMap((newline) =>
    (['none', 'all', 'times'] as const).flatMap((quoted) =>
      [true, false].map((hasHeader) => ({ delimiter, newline, quoted, hasHeader })),
    ),
  ),
);

/** So many files of daily bars, each of another pair of a dialect and a fault: there are 72 times 25. */
export function madeCsvs(count: number): MadeCsv[] {
  return Array.from({ length: count }, (_, k) => madeCsv(drafts[k % drafts.length]!, dialects[k % dialects.length]!));
}

function madeCsv(draft: Draft, given: Dialect): MadeCsv {
  const dialect = { ...given, hasHeader: given.hasHeader || draft.named === true };
  const { delimiter, newline, quoted, hasHeader } = dialect;
  const number = (value: number) => (delimiter === ';' ? String(value).replace('.', ',') : String(value));
  const rows = Array.from({ length: days }, (_, k) => {
    const date = new Date(Date.UTC(2020, 0, 1 + k)).toISOString().slice(0, 10);
    const prices = [10.5, 12.25, 9.75, 10.5 + (k % 7) / 4].map(number);
    return [date, ...prices, String(100 + k), ...(draft.named ? ['fine'] : [])];
  });
  draft.cells?.(rows, dialect);
  const isBad = (k: number) =>
    typeof draft.bad === 'number' && draft.cells !== undefined && k % inEvery === inEvery - 1;
  const close = rows.flatMap((_, k) => (isBad(k) ? [] : [10.5 + (k % 7) / 4]));
  const inMarks = (cell: string, at: number) =>
    (quoted === 'all' || (quoted === 'times' && at === 0)) && !cell.startsWith('"') ? `"${cell}"` : cell;
  const lines = rows.map((row) => row.map(inMarks).join(delimiter));
  draft.lines?.(lines, dialect);
  const header = ['Date', 'Open', 'High', 'Low', 'Close', 'Volume', ...(draft.named ? ['Note'] : [])].join(delimiter);
  const text = [...(hasHeader ? [header] : []), ...lines, ''].join(newline);
  return {
    title: `${draft.title} (${JSON.stringify(delimiter)}, ${JSON.stringify(newline)}, quoted: ${quoted}, header: ${hasHeader})`,
    bytes: Buffer.from(draft.text?.(text) ?? text),
    present: days + (draft.added ?? 0),
    bad: draft.bad ?? 0,
    close,
  };
}
