import * as z from 'zod';
import { Text } from './text.js';

/** A vendor of data, as its connector is named. */
const Provider = z
  .string()
  .max(40)
  .regex(/^[a-z][a-z0-9-]*$/, 'is not a name like polygon or interactive-brokers');

export const AddProviderKey = z.object({
  provider: Provider,
  name: Text.trim().min(1).max(100),
  key: Text.trim().min(12, 'has fewer than 12 characters').max(4_096),
});
export type AddProviderKey = z.infer<typeof AddProviderKey>;

export const ProviderKey = z.object({
  id: z.uuid(),
  provider: z.string(),
  name: z.string(),
  /** Its first four and last four characters: all that is ever shown. */
  hint: z.string(),
  createdAt: z.iso.datetime(),
  usedAt: z.iso.datetime().nullable(),
});
export type ProviderKey = z.infer<typeof ProviderKey>;
