import { describe } from '@jest/globals';
import { fightAll } from './class-of-bouts.js';

describe('SAFETY bar 2: native work that the isolate cannot interrupt is ended from outside', () => {
  fightAll('native', { wallMs: 1000, memoryMb: 256, resultBytes: 8_000_000 });
});
