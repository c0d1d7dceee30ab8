import * as z from 'zod';
import { Hash } from './dataset.js';
import { Failure } from './failure.js';
import { JsonNumber } from './json-number.js';

/** One of the things that determine a run, where two runs differ in it. */
export const RunChange = z.object({
  what: z.enum(['strategy', 'data', 'engine', 'node', 'parameters', 'costs', 'seed', 'settings', 'metrics']),
  /** Which part of it; empty where it is the whole. */
  name: z.string(),
  before: z.string(),
  after: z.string(),
});
export type RunChange = z.infer<typeof RunChange>;

/** What `quarry reproduce --json` prints: a recorded run held against the same run made again. */
export const Reproduction = z.object({
  schema: z.literal('quarry.reproduction/1'),
  /** Whether both have the same list of orders, to the last bit. */
  identical: z.boolean(),
  /** Why the run could not be made again. */
  failure: Failure.nullable(),
  recorded: z.object({ manifestHash: Hash.nullable(), orderListHash: Hash.nullable() }),
  again: z.object({ manifestHash: Hash.nullable(), orderListHash: Hash.nullable() }),
  changes: z.array(RunChange),
  /** The first order that differs, in words; the first trade where the recorded orders are not at hand. */
  firstDifference: z
    .object({
      of: z.enum(['order', 'trade']),
      index: z.int(),
      recorded: z.string().nullable(),
      again: z.string().nullable(),
    })
    .nullable(),
  metrics: z.array(z.object({ id: z.string(), label: z.string(), recorded: JsonNumber, again: JsonNumber })),
});
export type Reproduction = z.infer<typeof Reproduction>;
