import * as z from 'zod';
import { Text } from './text.js';

/** What a person calls a file: a name without a path. */
export const FileName = Text.trim()
  .min(1)
  .max(200)
  .regex(/^(?!\.{1,2}$)[^/\\\p{Cc}]+$/u, 'is not a file name without a path');

/** POST /api/uploads */
export const BeginUpload = z.object({
  fileName: FileName,
  bytes: z.int().min(1),
  /** When the file was changed last: who brings it again goes on with this upload only where that is the same. */
  modifiedAt: z.iso.datetime().optional(),
});
export type BeginUpload = z.infer<typeof BeginUpload>;

/** A file on its way: sent in pieces, each from where the last one ended, until `received` is `bytes`. */
export const Upload = z.object({
  id: z.uuid(),
  fileName: z.string(),
  bytes: z.int(),
  received: z.int(),
  /** As it was said when the upload began; null where it was not. */
  modifiedAt: z.iso.datetime().nullable(),
  /** When it is swept unless another piece comes before. */
  expiresAt: z.iso.datetime(),
});
export type Upload = z.infer<typeof Upload>;
