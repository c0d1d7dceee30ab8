import { describe } from '@jest/globals';
import { fightAll } from './class-of-bouts.js';

describe('SAFETY bar 3: a memory bomb ends its own child, at most 100 MB above its limit', () => {
  fightAll('memory', { wallMs: 6000, memoryMb: 256, resultBytes: 8_000_000 });
});
