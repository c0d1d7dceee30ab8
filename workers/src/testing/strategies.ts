/** Strategies to try workers with. */
export const crossover = `
import { crossedAbove, crossedBelow, defineStrategy, int, sma } from '@quarry/engine';
export default defineStrategy({
  name: 'SMA crossover',
  params: { fast: int(10, { min: 2, max: 100 }), slow: int(30, { min: 5, max: 400 }) },
  init: ({ bars, params }) => ({ fast: sma(bars.close, params.fast), slow: sma(bars.close, params.slow) }),
  next({ buy, sell }, { fast, slow }) {
    if (crossedAbove(fast, slow)) buy();
    else if (crossedBelow(fast, slow)) sell();
  },
});`;

/** Never ends by itself. */
export const endlessStrategy = crossover.replace('if (crossedAbove', 'for (;;);\n    if (crossedAbove');

/** Computes for some seconds on its first bar, then goes on as the crossover. */
export const slowStrategy = `
let seconds = 0;
function spin(): void {
  let sum = 0;
  for (let i = 0; i < 1e9; i += 1) sum = (sum + i) | 0;
  seconds += sum === 1 ? 2 : 1;
}
${crossover.replace('if (crossedAbove', 'while (seconds < 3) spin();\n    if (crossedAbove')}`;
