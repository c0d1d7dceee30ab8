import * as z from 'zod';
import { Text } from './text.js';

/** A path inside a strategy: relative, forward slashes, no `..`; letters and digits of any script. */
export const SourcePath = z
  .string()
  .max(200)
  .regex(
    /^(?!.*(^|\/)\.{1,2}(\/|$))[\p{L}\p{N}_][\p{L}\p{M}\p{N}_./ -]*\.ts$/u,
    'is not a relative path to a .ts file',
  );

/**
 * A strategy's files. `entry` default-exports what `defineStrategy` returned.
 * A version's hash is SHA-256 over the UTF-8 of its source's canonical JSON (`canonicalJson`).
 */
export const StrategySource = z
  .object({ entry: SourcePath, files: z.record(SourcePath, Text.max(1_000_000)) })
  .refine((source) => source.entry in source.files, { message: 'The entry is not among the files.' })
  .meta({
    examples: [
      {
        entry: 'strategy.ts',
        files: {
          'strategy.ts':
            "import { defineStrategy } from '@quarry/engine';\n\nexport default defineStrategy({ name: 'Idle' });\n",
        },
      },
    ],
  });
export type StrategySource = z.infer<typeof StrategySource>;
