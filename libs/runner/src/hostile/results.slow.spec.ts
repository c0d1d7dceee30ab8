import { describe } from '@jest/globals';
import { fightAll } from './class-of-bouts.js';

describe('SAFETY bar 8: results of any size and shape are cut, refused by name, or survive', () => {
  // A text of 200 MB is made and copied in one step, between two looks of a watchdog on a busy machine. This bar weighs
  // the worker; how far a child may go above its limit is bar 3's.
  fightAll('results', { wallMs: 8000, memoryMb: 256, resultBytes: 8_000_000 }, 700);
});
