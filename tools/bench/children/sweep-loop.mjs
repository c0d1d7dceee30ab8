// The hand-written loop over many pairs of averages, in a process of its own.
import { w1, workspace } from '../baseline/crossover.js';
import { minuteBars } from '../minute-bars.mjs';
import { serve } from './ask.mjs';

const minutesPerYear = 525_600;
let bars;
let space;

serve(({ length, pairs }) => {
  if (length) {
    bars = minuteBars(length);
    space = workspace(length);
    return { ready: true };
  }
  const totals = pairs.map(({ fast, slow }) => w1(bars.open, bars.close, fast, slow, space, minutesPerYear).total);
  return { totals };
});
