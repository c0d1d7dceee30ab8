// The hand-written loop over many symbols in a process of its own, so that its workspace does not count as ours.
import { workspace } from '../baseline/crossover.js';
import { dailyBars } from '../daily-bars.mjs';
import { peakMemory } from '../figures.mjs';
import { clockOf, w500 } from '../baseline/portfolio.js';
import { serve } from './ask.mjs';

const rules = { every: 21, held: 50, back: 252, fee: 0.001, cash: 1e7 };
let bars;
let clock;
let space;

serve(({ symbols, length }) => {
  if (length) {
    bars = dailyBars(symbols, length);
    clock = clockOf(bars);
    space = { ...workspace(100_000), eq: new Float64Array(clock.length) };
    return { ready: true };
  }
  const from = performance.now();
  const { trades, final } = w500(bars, clock, space, rules, 365);
  return { ms: performance.now() - from, trades, final, rssMb: peakMemory() };
});
