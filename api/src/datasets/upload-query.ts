import { IngestOptions, Text } from '@quarry/contracts';
import { z } from 'zod';

const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('is not JSON, such as {"close":"Last"}');
    return z.NEVER;
  }
});

/** `IngestOptions` in a query string: `columns` is JSON there. Corporate actions are more than fits: they come as columns of the file. */
export const UploadQuery = z.object({
  ...IngestOptions.omit({ actions: true }).shape,
  columns: jsonText.pipe(IngestOptions.shape.columns.unwrap()).optional(),
  fileName: Text.trim()
    .min(1)
    .max(200)
    .regex(/^(?!\.{1,2}$)[^/\\\p{Cc}]+$/u, 'is not a file name without a path'),
});
export type UploadQuery = z.infer<typeof UploadQuery>;
