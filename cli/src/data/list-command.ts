import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { DatasetInfo, fixed, moment } from '@quarry/contracts';
import type { Config } from '../config.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { builtinDatasets, datasetNames, datasetsFolder } from '../open-data.js';
import { printable } from '../terminal/paint.js';
import { table } from '../terminal/table.js';

interface Listed {
  readonly name: string;
  /** Null for one that is not made yet, or whose dataset.json cannot be read. */
  readonly info: DatasetInfo | null;
  readonly damaged: boolean;
}

/** `quarry data list`: the names that `--data` knows. One that is damaged is named on stderr and hides no other. */
export async function list(json: boolean, config: Config): Promise<ExitCode> {
  const names = await datasetNames(config);
  const found = await Promise.all(names.map((name) => read(name, join(datasetsFolder(config), name))));
  const sound = found.filter(({ damaged }) => !damaged);
  if (json) process.stdout.write(`${JSON.stringify(sound.map(({ name, info }) => ({ name, info })))}\n`);
  else process.stdout.write(`${words(sound).join('\n')}\n`);
  for (const { name } of found.filter(({ damaged }) => damaged)) {
    const way = isBuiltin(name) ? 'It is made anew when it is used' : `quarry data remove "${name}" removes it`;
    process.stderr.write(
      printable(`Dataset "${name}" is damaged or of another version: its dataset.json cannot be read. ${way}.\n`),
    );
  }
  return exitCodes.ok;
}

function words(found: readonly Listed[]): string[] {
  const rows = found.map(({ name, info }) => {
    if (info === null) return [printable(name), '', '', '', 'made on first use'];
    const symbols = new Set(info.series.map(({ symbol }) => symbol)).size;
    const rowsInAll = info.series.reduce((sum, series) => sum + series.rows, 0);
    const from = Math.min(...info.series.map((series) => series.from));
    const to = Math.max(...info.series.map((series) => series.to));
    return [
      printable(name),
      String(symbols),
      fixed(rowsInAll, 0),
      `${moment(from)} to ${moment(to)}`,
      printable(info.source),
    ];
  });
  return table(
    [
      { title: 'Name', align: 'left' },
      { title: 'Symbols', align: 'right' },
      { title: 'Rows', align: 'right' },
      { title: 'Range', align: 'left' },
      { title: 'Source', align: 'left' },
    ],
    rows,
  );
}

async function read(name: string, folder: string): Promise<Listed> {
  const text = await readFile(join(folder, 'dataset.json'), 'utf8').catch(() => null);
  if (text === null) return { name, info: null, damaged: !isBuiltin(name) };
  const parsed = DatasetInfo.safeParse(jsonOf(text));
  const info = parsed.success && parsed.data.series.length > 0 ? parsed.data : null;
  return { name, info, damaged: info === null };
}

function isBuiltin(name: string): boolean {
  return builtinDatasets.some((builtin) => builtin === name);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
