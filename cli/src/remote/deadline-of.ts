import { UsageError } from '../usage-error.js';

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A deadline as it is written at the command line: so long from now (`90m`), or a moment with its zone. */
export function deadlineOf(text: string, now: Date): Date {
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (amount !== undefined) return new Date(now.getTime() + Number(amount) * unitMs[unit as keyof typeof unitMs]);
  const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/.test(text) ? new Date(text) : null;
  if (!moment || Number.isNaN(moment.getTime())) {
    throw new UsageError(
      `--deadline "${text}" is no time. Write how long from now, like 90m or 2h, or a moment with its zone, like 2026-12-01T18:00Z.`,
    );
  }
  if (moment <= now) throw new UsageError(`--deadline "${text}" has passed already.`);
  return moment;
}
