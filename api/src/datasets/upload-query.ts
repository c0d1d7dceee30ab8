import { FileName, IngestOptions } from '@quarry/contracts';
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
  fileName: FileName,
  /** False where what ingest makes of it is to wait as a proposal. */
  accept: z
    .enum(['true', 'false'])
    .default('true')
    .transform((text) => text === 'true'),
});
export type UploadQuery = z.infer<typeof UploadQuery>;
