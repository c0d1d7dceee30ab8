import { UsageError } from '../usage-error.js';

const amountPattern = String.raw`(?:\d[\d_]*\.?\d*|\.\d+)(?:e[+-]?\d+)?`;

/** `2bp`, `0.1%` or `0.002` as a fraction; NaN where the text is none. */
export function fractionOf(text: string): number {
  const match = new RegExp(`^(-?${amountPattern})\\s*(bp|bps|%)?$`, 'i').exec(text);
  if (match === null) return NaN;
  const value = Number(match[1]!.replaceAll('_', ''));
  const unit = match[2]?.toLowerCase();
  return unit === '%' ? value / 100 : unit === undefined ? value : value / 10_000;
}

/** `1000`, `1_000` or `1e3`; NaN where the text is no number. */
export function numberOf(text: string): number {
  return new RegExp(`^${amountPattern}$`, 'i').test(text) ? Number(text.replaceAll('_', '')) : NaN;
}

/**
 * Words apart by commas, those like `name=value` by their names: `maker=1bp,taker=5bp`.
 * @throws UsageError where a name is not one of those asked for, or stands twice
 */
export function namedParts(flag: string, text: string, names: readonly string[]): Readonly<Record<string, string>> {
  const parts: Record<string, string> = {};
  for (const part of text.split(',')) {
    const at = part.indexOf('=');
    const name = part.slice(0, Math.max(0, at)).trim();
    if (!names.includes(name)) {
      throw new UsageError(
        `${flag} ${text}: "${part.trim()}" is none of ${names.map((one) => `${one}=…`).join(', ')}.`,
      );
    }
    if (Object.hasOwn(parts, name)) throw new UsageError(`${flag} ${text}: ${name} is given twice. Keep one.`);
    parts[name] = part.slice(at + 1).trim();
  }
  return parts;
}

/** What the contract says of a model, as a word about its flag. @throws UsageError where it does not fit */
export function parsed<T>(
  flag: string,
  text: string,
  contract: {
    safeParse(
      value: unknown,
    ): { success: true; data: T } | { success: false; error: { issues: { message: string }[] } };
  },
  value: unknown,
): T {
  const result = contract.safeParse(value);
  if (result.success) return result.data;
  throw new UsageError(`${flag} ${text}: ${result.error.issues[0]!.message}`);
}
