import { crossedAbove, crossedBelow, defineStrategy, int, sma } from '@quarry/engine';

/**
 * The idea: a fast average above a slow one says that the market trends up; be long then, and short when it is below.
 * Source: the oldest rule of trend following; tested by Brock, Lakonishok and LeBaron, "Simple Technical Trading Rules
 * and the Stochastic Properties of Stock Returns", Journal of Finance 47 (1992).
 * Weakness: in a market that goes sideways it buys high and sells low, and pays for it each time; on stock indices the
 * short side has lost money for decades. Two free parameters are enough to fit noise.
 */
export default defineStrategy({
  name: 'SMA crossover',
  description: 'Long while a fast average stands above a slow one, short while below.',
  params: {
    fast: int(10, { min: 2, max: 100, description: 'Bars of the fast average' }),
    slow: int(30, { min: 5, max: 400, description: 'Bars of the slow average' }),
  },
  init: ({ bars, params }) => ({ fast: sma(bars.close, params.fast), slow: sma(bars.close, params.slow) }),
  next({ buy, sell }, { fast, slow }) {
    if (crossedAbove(fast, slow)) buy();
    else if (crossedBelow(fast, slow)) sell();
  },
});
