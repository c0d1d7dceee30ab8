import { fixed, fromJsonNumber } from '@quarry/contracts';
import type { JsonNumber } from '@quarry/contracts';

export type Tone = 'gain' | 'loss' | 'plain';

export function toneOf(value: JsonNumber): Tone {
  const plain = fromJsonNumber(value);
  if (plain > 0) return 'gain';
  return plain < 0 ? 'loss' : 'plain';
}

const minute = 60_000;

/** `just now`, `5 min ago`, `3 h ago`, then the date. */
export function ago(iso: string, now: number): string {
  const passed = now - Date.parse(iso);
  if (passed < minute) return 'just now';
  if (passed < 60 * minute) return `${Math.floor(passed / minute)} min ago`;
  if (passed < 24 * 60 * minute) return `${Math.floor(passed / (60 * minute))} h ago`;
  return iso.slice(0, 10);
}

export function bytes(count: number): string {
  if (count < 1000) return `${count} B`;
  return count < 1e6 ? `${fixed(count / 1e3, 0)} kB` : `${fixed(count / 1e6, 1)} MB`;
}
