import { UsageError } from '../usage-error.js';

const milliseconds: Readonly<Record<string, number>> = {
  ms: 1,
  '': 1_000,
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
};
const longest = 24 * 3_600_000;

/** `30` or `30s`, `500ms`, `5m`, `1h`, in milliseconds. */
export function timeoutFlag(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|min|h)?$/.exec(text);
  const wall = match === null ? NaN : Number(match[1]) * (milliseconds[match[2] ?? ''] ?? NaN);
  if (!(wall > 0 && wall <= longest)) {
    throw new UsageError(`--timeout "${text}" is not a time of at most a day. Write it like 30s, 5m or 1h.`);
  }
  return Math.ceil(wall);
}

/** `512` or `512mb`, `2gb`, in MiB. */
export function memoryFlag(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(m|mb|g|gb)?$/i.exec(text);
  const memory = match === null ? NaN : Number(match[1]) * (match[2]?.toLowerCase().startsWith('g') ? 1024 : 1);
  if (!(memory >= 16 && memory <= 65_536)) {
    throw new UsageError(`--memory "${text}" is not a size from 16mb to 64gb. Write it like 512mb or 2gb.`);
  }
  return Math.ceil(memory);
}
