import type { StrategySource } from '@quarry/contracts';

const entry = 'strategy.ts';

/** What a new strategy starts from: the smallest one that trades. */
export function strategyTemplate(name: string): StrategySource {
  const source = `import { crossedAbove, crossedBelow, defineStrategy, int, sma } from '@quarry/engine';

export default defineStrategy({
  name: ${JSON.stringify(name)},
  params: {
    fast: int(10, { min: 2, max: 100 }),
    slow: int(30, { min: 5, max: 400 }),
  },
  init: ({ bars, params }) => ({
    fast: sma(bars.close, params.fast),
    slow: sma(bars.close, params.slow),
  }),
  next({ buy, close }, { fast, slow }) {
    if (crossedAbove(fast, slow)) buy();
    else if (crossedBelow(fast, slow)) close();
  },
});
`;
  return { entry, files: { [entry]: source } };
}
