import { IngestOptions } from '@quarry/contracts';
import { z } from 'zod';

const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('is not JSON, such as {"close":"Last"}');
    return z.NEVER;
  }
});

/** `IngestOptions` in a query string: `columns` is JSON there. */
export const UploadQuery = z.object({
  ...IngestOptions.shape,
  columns: jsonText.pipe(z.record(z.string(), z.string())).optional(),
  fileName: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^/\\\p{Cc}]+$/u, 'is a file name without a path'),
});
export type UploadQuery = z.infer<typeof UploadQuery>;
