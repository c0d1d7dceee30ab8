import * as z from 'zod';
import type { ParamSpec as EngineParamSpec } from '@quarry/engine';
import { Text } from './text.js';

const described = { description: z.string() };

/** A parameter as the strategy declares it (`ParamSpec` of the engine). */
export const ParamSpec = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('int'),
    default: z.number(),
    min: z.number(),
    max: z.number(),
    step: z.number(),
    ...described,
  }),
  z.object({
    type: z.literal('float'),
    default: z.number(),
    min: z.number(),
    max: z.number(),
    step: z.number().nullable(),
    ...described,
  }),
  z.object({ type: z.literal('bool'), default: z.boolean(), ...described }),
  z.object({ type: z.literal('choice'), default: z.string(), options: z.array(z.string()), ...described }),
]) satisfies z.ZodType<EngineParamSpec>;
export type ParamSpec = z.infer<typeof ParamSpec>;

export const ParamSpecs = z.record(z.string(), ParamSpec);
export type ParamSpecs = z.infer<typeof ParamSpecs>;

export const ParamValues = z.record(Text, z.union([z.number(), z.boolean(), Text]));
export type ParamValues = z.infer<typeof ParamValues>;
