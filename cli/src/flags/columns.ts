import { UsageError } from '../usage-error.js';

const known = ['time', 'symbol', 'open', 'high', 'low', 'close', 'volume', 'price', 'quantity'];

/** Collects repeated `--column close=Last`: our name for a column, and the file's header or 1-based number. */
export function columnFlag(text: string, earlier: Readonly<Record<string, string>> = {}): Record<string, string> {
  const at = text.indexOf('=');
  const name = text.slice(0, at).trim();
  const header = text.slice(at + 1).trim();
  if (at < 1 || name === '' || header === '') {
    throw new UsageError(
      `--column "${text}" names no header. Write it like --column close=Last; ours are ${known.join(', ')}.`,
    );
  }
  if (!known.includes(name)) {
    throw new UsageError(`--column "${text}": "${name}" is none of our columns. They are ${known.join(', ')}.`);
  }
  return { ...earlier, [name]: header };
}
