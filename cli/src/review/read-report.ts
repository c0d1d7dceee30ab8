import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Report } from '@quarry/contracts';
import { UsageError } from '../usage-error.js';

/** Reads a report.json, or the one in a folder that `--out` wrote. */
export async function readReport(path: string): Promise<Report> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new UsageError(`There is no report "${path}". Make one with quarry backtest … --out report.`);
  const file = found.isDirectory() ? join(path, 'report.json') : path;
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) throw new UsageError(`"${path}" holds no report.json. Name a report.json or its folder.`);
  const parsed = Report.safeParse(parse(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(
    `"${file}" is no report of Quarry's (${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? ''}). Name what quarry backtest --out or --json wrote.`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
