import * as z from 'zod';
import { Hash, Interval } from './dataset.js';
import { PriceBasis } from './price-basis.js';
import { ParamValues } from './params.js';
import { BacktestSettings, MetricProfile } from './settings.js';

/** Everything that determines a run. Its hash is SHA-256 over its canonical JSON (RFC 8785). */
export const Manifest = z.object({
  schema: z.literal('quarry.manifest/1'),
  kind: z.literal('backtest'),
  strategy: Hash,
  data: z.array(
    z.object({
      dataset: z.string(),
      version: Hash,
      symbols: z.array(z.string()),
      interval: Interval,
      /** What the prices were for the run, and so which corporate actions it carried out. */
      adjustment: PriceBasis,
      /** First and last bar time used, µs UTC, inclusive; null is the whole series. */
      from: z.number().nullable(),
      to: z.number().nullable(),
    }),
  ),
  /** SHA-256 of the built guest bundle. */
  engine: Hash,
  node: z.string(),
  params: ParamValues,
  settings: BacktestSettings,
  profile: MetricProfile,
  /** `buy-and-hold` of the traded symbol, or none. */
  benchmark: z.enum(['none', 'buy-and-hold']),
});
export type Manifest = z.infer<typeof Manifest>;
