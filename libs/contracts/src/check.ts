import * as z from 'zod';
import { Failure, Diagnostic } from './failure.js';
import { ParamSpecs } from './params.js';

/** What a `check` run of a strategy version says: its diagnostics and the parameters it declares. */
export const CheckReport = z.object({
  name: z.string(),
  params: ParamSpecs,
  diagnostics: z.array(Diagnostic),
  failure: Failure.nullable(),
});
export type CheckReport = z.infer<typeof CheckReport>;
