import { crossedAbove, crossedBelow, defineStrategy, int, sma } from '@quarry/engine';

/** Workload W1: always long or short one unit, by two averages. Turning from one side to the other takes two units. */
export default defineStrategy({
  name: 'W1',
  params: { fast: int(10), slow: int(30) },
  init: ({ bars, params }) => ({ fast: sma(bars.close, params.fast), slow: sma(bars.close, params.slow) }),
  next({ buy, sell, position }, { fast, slow }) {
    if (crossedAbove(fast, slow)) buy({ size: position.isShort ? 2 : 1 });
    else if (crossedBelow(fast, slow)) sell({ size: position.isLong ? 2 : 1 });
  },
});
