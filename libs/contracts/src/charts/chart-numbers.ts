import { fixed } from '../figure.js';

/** `1.2M`, `34.5k`, `950`: an amount short enough for an axis. */
export function shortAmount(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9) return `${trim(value / 1e9)}B`;
  if (size >= 1e6) return `${trim(value / 1e6)}M`;
  if (size >= 1e4) return `${trim(value / 1e3)}k`;
  return trim(value);
}

function trim(value: number): string {
  return Number(value.toPrecision(4)).toString();
}

export function percent(fraction: number, digits = 1): string {
  return `${fixed(fraction * 100, digits)} %`;
}

/** Microseconds UTC to milliseconds, the unit of a chart's time axis. */
export function milliseconds(microseconds: number): number {
  return Math.round(microseconds / 1000);
}
