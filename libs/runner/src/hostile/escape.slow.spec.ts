import { describe } from '@jest/globals';
import { fightAll } from './class-of-bouts.js';

describe('SAFETY bar 5: no way leads out of the isolate', () => {
  fightAll('escape', { wallMs: 10_000, memoryMb: 256, resultBytes: 8_000_000 });
});
