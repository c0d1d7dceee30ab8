import { describe } from '@jest/globals';
import { fightAll } from './class-of-bouts.js';

describe('a strategy that pries the engine open gains nothing by it', () => {
  fightAll('forged', { wallMs: 10_000, memoryMb: 256, resultBytes: 8_000_000 });
});
