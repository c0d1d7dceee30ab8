import { ParamSpecs } from '@quarry/contracts';
import type { GuestLogPiece, GuestOutcome } from './protocol.js';

const codes = ['threw', 'timed-out', 'out-of-memory', 'bad-parameters', 'bad-result', 'result-too-large'] as const;
const maxLines = 10_000;
const maxCharacters = 1_000_000;
const maxText = 4_000;
/** More parameters than anyone could set; looking at each of a million would hold up the worker. */
const maxParams = 1_000;

/** An outcome whose every field has been looked at. */
export type ReadOutcome = Omit<GuestOutcome, 'params' | 'finalEquity' | 'ran'> & {
  readonly params: ParamSpecs;
  readonly finalEquity: number;
  /** Empty where nothing was written down. */
  readonly ran: string;
};

/** Reads what a child answered, which may be anything. Null where no guest of ours could have written it. */
export function readOutcome(bytes: Uint8Array): ReadOutcome | null {
  const parsed = parse(bytes);
  if (!isRecord(parsed)) return null;
  const failure = readFailure(parsed['failure']);
  if (!isRecord(parsed['params']) || Object.keys(parsed['params']).length > maxParams) return null;
  const params = ParamSpecs.safeParse(parsed['params']);
  if (failure === undefined || !params.success) return null;
  return {
    failure,
    name: text(parsed['name']).slice(0, 200),
    params: params.data,
    finalEquity: Number(parsed['finalEquity']),
    ran: text(parsed['ran']),
  };
}

/** Reads the pieces of a child's log, which may be anything, and keeps the whole within its limits. */
export class OutcomeLog {
  /** True where lines were left out or shortened, or a piece was none. */
  cut = false;
  #lines = 0;
  #characters = 0;

  /** The lines of the next piece that still find room. */
  read(bytes: Uint8Array): GuestLogPiece['log'] {
    const parsed = parse(bytes);
    if (!isRecord(parsed) || !Array.isArray(parsed['log'])) {
      this.cut = true;
      return [];
    }
    if (parsed['logCut'] === true) this.cut = true;
    const log: GuestLogPiece['log'][number][] = [];
    for (const entry of parsed['log'] as unknown[]) {
      if (!Array.isArray(entry) || this.#lines >= maxLines || this.#characters >= maxCharacters) {
        this.cut = true;
        break;
      }
      const [level, line, bar, time, row, column] = entry as unknown[];
      const kept = text(line).slice(0, maxCharacters - this.#characters);
      this.#lines++;
      this.#characters += kept.length + 1;
      log.push([
        whole(level),
        kept,
        Math.trunc(number(bar)),
        typeof time === 'number' ? number(time) : null,
        whole(row),
        whole(column),
      ]);
    }
    return log;
  }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
  } catch {
    return null;
  }
}

/** Undefined for what is no failure. */
function readFailure(value: unknown): GuestOutcome['failure'] | undefined {
  if (value === null) return null;
  if (!isRecord(value)) return undefined;
  const code = codes.find((known) => known === value['code']);
  if (!code) return undefined;
  return {
    code,
    message: text(value['message']).slice(0, maxText),
    line: whole(value['line']),
    column: whole(value['column']),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function whole(value: unknown): number {
  return Math.max(0, Math.min(2 ** 31, Math.trunc(number(value))));
}
