import { describe } from '@jest/globals';
import { fightAll } from './class-of-bouts.js';

describe('SAFETY bar 1: a strategy that never ends is stopped within a second of its limit, wherever it hangs', () => {
  fightAll('endless', { wallMs: 1000, memoryMb: 256, resultBytes: 8_000_000 });
});
