import { defineStrategy, float } from '@quarry/engine';

/**
 * The idea: buy once, never sell. What every other strategy must be held against.
 * Source: the market itself; W. Sharpe, "The Arithmetic of Active Management", Financial Analysts Journal 47 (1991).
 * Weakness: it sits through every fall to the bottom, and an index without dividends shows less than its holders got.
 */
export default defineStrategy({
  name: 'Buy and hold',
  description: 'Buys on the first bar and never sells.',
  params: {
    fraction: float(1, { min: 0.05, max: 1, step: 0.05, description: 'Share of the money to invest' }),
  },
  next({ buy, index, params }) {
    if (index === 0) buy({ fraction: params.fraction });
  },
});
