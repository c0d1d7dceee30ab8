import * as z from 'zod';

/** A float64 in JSON: NaN and the infinities, which JSON lacks, are written as strings. */
export const JsonNumber = z.union([z.number(), z.literal(['NaN', 'Infinity', '-Infinity'])]);
export type JsonNumber = z.infer<typeof JsonNumber>;
