import { describe } from '@jest/globals';
import { fightAll } from './class-of-bouts.js';

describe('SAFETY bar 8: results of any size and shape are cut, refused by name, or survive', () => {
  fightAll('results', { wallMs: 8000, memoryMb: 256, resultBytes: 8_000_000 });
});
