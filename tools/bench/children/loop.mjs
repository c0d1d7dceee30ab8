// The hand-written loop in a process of its own, so that its workspace does not count as ours.
import { w1, workspace } from '../baseline/crossover.js';
import { peakMemory } from '../figures.mjs';
import { minuteBars } from '../minute-bars.mjs';
import { serve } from './ask.mjs';

const minutesPerYear = 525_600;
let bars;
let space;

serve(({ length }) => {
  if (length) {
    bars = minuteBars(length);
    space = workspace(length);
    return { ready: true };
  }
  const from = performance.now();
  const { trades } = w1(bars.open, bars.close, 10, 30, space, minutesPerYear);
  return { ms: performance.now() - from, trades, rssMb: peakMemory() };
});
