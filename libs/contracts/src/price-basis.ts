import * as z from 'zod';
import type { PriceBasis as EnginePriceBasis } from '@quarry/engine/host';
import { storedPrices } from './dataset.js';

export const priceBases = ['as-stored', ...storedPrices] as const;
/** See the engine's `PriceBasis` for what each means. */
export const PriceBasis = z.enum(priceBases) satisfies z.ZodType<EnginePriceBasis>;
export type PriceBasis = z.infer<typeof PriceBasis>;
