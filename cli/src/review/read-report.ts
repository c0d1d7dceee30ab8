import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AnyReport, Report } from '@quarry/contracts';
import { UsageError } from '../usage-error.js';

interface Schema<Kind> {
  safeParse(
    value: unknown,
  ):
    | { readonly success: true; readonly data: Kind }
    | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Reads the report.json of a backtest, or the one in a folder that `--out` wrote. */
export function readReport(path: string): Promise<Report> {
  return readAs(path, Report);
}

/** Reads a report.json of any command's, or the one in a folder that `--out` wrote. */
export function readAnyReport(path: string): Promise<AnyReport> {
  return readAs(path, AnyReport);
}

async function readAs<Kind>(path: string, kind: Schema<Kind>): Promise<Kind> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new UsageError(`There is no report "${path}". Make one with quarry backtest … --out report.`);
  const file = found.isDirectory() ? join(path, 'report.json') : path;
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) throw new UsageError(`"${path}" holds no report.json. Name a report.json or its folder.`);
  const value = parse(text);
  const parsed = kind.safeParse(value);
  if (parsed.success) return parsed.data;
  const other = AnyReport.safeParse(value);
  if (other.success) {
    const kind = other.data.schema.replace(/^quarry\.|\/\d+$/g, '');
    const command = kind === 'cross-validation' ? 'cross-validate' : kind;
    throw new UsageError(
      `"${file}" is a report of quarry ${command}; this command asks for one of quarry backtest. quarry report prints it.`,
    );
  }
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
