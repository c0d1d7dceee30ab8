import { crossedAbove, crossedBelow, defineStrategy, int, sma } from '@quarry/engine';

/** Workload W1: always long or short one unit, by two averages. The run's settings close the old side first. */
export default defineStrategy({
  name: 'W1',
  params: { fast: int(10), slow: int(30) },
  init: ({ bars, params }) => ({ fast: sma(bars.close, params.fast), slow: sma(bars.close, params.slow) }),
  next({ buy, sell }, { fast, slow }) {
    if (crossedAbove(fast, slow)) buy({ size: 1 });
    else if (crossedBelow(fast, slow)) sell({ size: 1 });
  },
});
