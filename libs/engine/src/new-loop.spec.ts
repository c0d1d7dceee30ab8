import { expect, test } from '@jest/globals';
import { runLoop } from './loop.js';
import { newLoop } from './new-loop.js';
import { runStrategy } from './strategy-run.js';
import { defaultSettings } from './settings.js';
import { defineStrategy } from './strategy.js';
import { randomBars } from './testing.js';

const crowd = defineStrategy({
  name: 'in and out',
  init: ({ bars }) => bars.close,
  next({ buy, close, position, index }) {
    if (index % 7 === 0) buy({ size: 1 });
    else if (index % 5 === 0 && position.size > 0) close();
  },
});

test('a long run, most of which a loop of its own goes through, is the run that the shared loop makes', () => {
  const input = { bars: [randomBars(210_000, 3)], settings: defaultSettings, params: {} };
  const own = runStrategy(crowd, input);
  expect(own).toEqual(runStrategy(crowd, input, { loop: runLoop }));
  expect(own.tape.length).toBeGreaterThan(10_000);
});

test('a strategy that replaces Function is not handed the text of a loop', () => {
  const { Function: original } = globalThis;
  const seen: unknown[] = [];
  globalThis.Function = ((...given: unknown[]) => {
    seen.push(given);
    return () => undefined;
  }) as unknown as FunctionConstructor;
  try {
    newLoop();
  } finally {
    globalThis.Function = original;
  }
  expect(seen).toEqual([]);
});
