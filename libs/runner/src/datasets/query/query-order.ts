/** What the process that runs a query is asked, on its standard input. */
export interface QueryOrder {
  readonly sql: string;
  readonly rows: number;
  /** What DuckDB may use for itself, MiB. */
  readonly memoryMb: number;
  readonly series: readonly { readonly file: string; readonly symbol: string; readonly interval: string }[];
}

/** What it says in the end, beside the answer on its standard output. */
export type QueryVerdict =
  | { readonly type: 'done'; readonly rows: number; readonly columns: number; readonly cut: boolean }
  | { readonly type: 'refused'; readonly message: string };

/** Where it says so. */
export const verdictDescriptor = 3;
/** Its series' files follow. */
export const firstFileDescriptor = 4;

/** The child has run what anybody may have written, so its words are checked. Null for what is no verdict. */
export function queryVerdict(text: string): QueryVerdict | null {
  let raw: Record<string, unknown>;
  try {
    raw = (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    return null;
  }
  const { type, rows, columns, cut, message } = raw;
  if (type === 'refused' && typeof message === 'string') return { type, message };
  if (type !== 'done' || typeof rows !== 'number' || typeof columns !== 'number') return null;
  return { type, rows, columns, cut: cut === true };
}
