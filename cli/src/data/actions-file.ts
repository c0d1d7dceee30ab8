import { readFile } from 'node:fs/promises';
import { CorporateAction } from '@quarry/contracts';
import { UsageError } from '../usage-error.js';
import { actionsOfFactors, isFactorLine } from './factor-file.js';

const form = 'Write a header date,type,value (and symbol), then lines like 2020-08-31,split,4';
const columns = ['symbol', 'date', 'type', 'value'] as const;

/**
 * Reads the file of `--actions`: a CSV with columns date, type (split, dividend, delisting), value and, where there are
 * several, symbol; or a factor file of Lean's.
 */
export async function readActions(path: string): Promise<CorporateAction[]> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) throw new UsageError(`--actions: there is no file "${path}" that can be read.`);
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim());
  const [header = '', ...rows] = lines;
  if (isFactorLine(header)) return actionsOfFactors(lines, path);
  const titles = header
    .toLowerCase()
    .split(',')
    .map((title) => title.trim());
  const unknown = titles.find((title) => !columns.some((name) => name === title));
  const missing = ['date', 'type', 'value'].find((name) => !titles.includes(name));
  if (unknown !== undefined || missing !== undefined) {
    const fault = missing === undefined ? `a column "${unknown}" that is not known` : `no column "${missing}"`;
    throw new UsageError(`--actions: "${path}" has ${fault}. ${form}.`);
  }
  const actions = rows.flatMap((row, at) => (row === '' ? [] : [actionOf(row, titles, `line ${at + 2} of "${path}"`)]));
  if (actions.length === 0) throw new UsageError(`--actions: "${path}" holds no action. ${form}.`);
  return actions;
}

function actionOf(row: string, titles: readonly string[], place: string): CorporateAction {
  const cells = row.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  if (cells.length !== titles.length) {
    throw new UsageError(
      `--actions: ${place} has ${cells.length} cells, not ${titles.length}: ${row.slice(0, 80)}. ${form}.`,
    );
  }
  const cell = (name: string) => cells[titles.indexOf(name)] ?? '';
  const parsed = CorporateAction.safeParse({
    ...(cell('symbol') !== '' && { symbol: cell('symbol') }),
    date: cell('date'),
    type: cell('type').toLowerCase(),
    value: cell('value') === '' ? null : Number(cell('value')),
  });
  if (parsed.success) return parsed.data;
  const name = String(parsed.error.issues[0]?.path[0] ?? 'value');
  throw new UsageError(`--actions: ${place} has the ${name} "${cell(name)}". ${ways[name] ?? form}.`);
}

const ways: Readonly<Record<string, string>> = {
  date: 'Write dates like 2020-08-31',
  type: 'Choose split, dividend or delisting',
  value:
    'Give the new shares for each old one (4 for 4:1), the cash for each share, or, of a delisting, nothing for the last close',
};
