import * as z from 'zod';

/** A float64 in JSON: NaN and the infinities, which JSON lacks, are written as strings. */
export const JsonNumber = z.union([z.number(), z.literal(['NaN', 'Infinity', '-Infinity'])]);
export type JsonNumber = z.infer<typeof JsonNumber>;

export function toJsonNumber(value: number): JsonNumber {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? 'Infinity' : '-Infinity';
}

export function fromJsonNumber(value: JsonNumber): number {
  return Number(value);
}
