import { z } from 'zod';

/** What the process that reads a file says: how far it is, and how it ended. */
export const ChildMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), phase: z.string(), done: z.number() }),
  z.object({ type: z.literal('done') }),
  z.object({ type: z.literal('refused'), message: z.string() }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
export type ChildMessage = z.infer<typeof ChildMessage>;
